package dev.bailiff.standalone;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff tokens new}, and its older name {@code bailiff token}. */
@Command(
    name = "new",
    description = {
      "Makes a new token for the HTTP API, valid for every call, and prints it.",
      "",
      "It is printed this once: the database has only its digest. 'bailiff up' makes one by itself, in its data folder.",
      ""
    })
class TokenCommand implements Callable<Integer> {
  /** The name is shown as a job's requester, {@code token:NAME}. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  @Mixin private TokenStore store = new TokenStore();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "operator",
      description =
          "Whose it is, for the record of who asked for a job (default: ${DEFAULT-VALUE}).")
  private String name = "operator";

  @Override
  public Integer call() {
    PrintStream out = StandardOutput.claim();
    if (!NAME.matcher(name).matches()) {
      throw new CommandException(
          ExitCode.WRONG_USAGE, "--name is 1 to 64 letters, digits, dots, dashes or underscores");
    }
    String token = store.with(tokens -> tokens.issue(name));
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
