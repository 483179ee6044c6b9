package dev.bailiff.standalone;

import dev.bailiff.homeserver.synapse.SynapseGrants;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bailiff synapse grants}. */
@Command(
    name = "grants",
    description = {
      "Prints the SQL that makes a role for purges by direct SQL and for 'unused-elsewhere', with no right that they do not need.",
      "",
      "Synapse's maintainers do not support changes of its database by others. Run the output in that database as the owner of its"
          + " tables, and give the role a password. A role that may do more is refused.",
      ""
    })
final class SynapseGrantsCommand implements Callable<Integer> {
  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      description = "The role's name, such as bailiff_purge.")
  private String role = "";

  @Option(
      names = "--read-only",
      description =
          "For 'unused-elsewhere' alone: the role can change nothing. 'up --synapse-database' then leaves purges to Synapse.")
  private boolean readOnly;

  @Override
  public Integer call() {
    PrintStream out = StandardOutput.claim();
    try {
      out.print(readOnly ? SynapseGrants.readOnly(role) : SynapseGrants.of(role));
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.WRONG_USAGE, "--role: " + e.getMessage());
    }
    return ExitCode.DONE;
  }
}
