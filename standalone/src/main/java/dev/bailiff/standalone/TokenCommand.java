package dev.bailiff.standalone;

import dev.bailiff.access.NewToken;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff tokens new}, and its older name {@code bailiff token}. */
@Command(
    name = "new",
    description = {
      "Makes a new token for the HTTP API and prints it. Without options it is valid for every call.",
      "",
      "  bailiff tokens new --name bot --preset bot --network 203.0.113.0/24",
      "  bailiff tokens new --name spam --scope jobs:read --scope jobs:submit:redact-events --most-targets 50",
      "",
      "It is printed this once: the database has only its digest. 'bailiff up' makes one by itself, in its data folder.",
      ""
    })
class TokenCommand implements Callable<Integer> {
  @Mixin private TokenStore store = new TokenStore();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "operator",
      description =
          "Whose it is, for the record of who asked for a job (default: ${DEFAULT-VALUE}).")
  private String name = "operator";

  @Mixin private TokenTermOptions terms = new TokenTermOptions();

  @Override
  public Integer call() {
    PrintStream out = StandardOutput.claim();
    if (!NewToken.isName(name)) {
      throw new CommandException(
          ExitCode.WRONG_USAGE, "--name is 1 to 64 letters, digits, dots, dashes or underscores");
    }
    NewToken wanted = terms.token(name);
    String token = store.with(tokens -> tokens.issue(wanted));
    out.println(token);
    return ExitCode.DONE;
  }

  /** {@code bailiff token}. */
  @Command(
      name = "token",
      description = {
        "Makes a new token for the HTTP API and prints it: the same as 'bailiff tokens new'.",
        ""
      })
  static final class Alias extends TokenCommand {}
}
