package dev.bailiff.standalone;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code bailiff} command. */
@Command(
    name = "bailiff",
    description = "Durable moderation jobs for Matrix homeservers.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = CommandLine.ScopeType.INHERIT,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:ended badly: a job failed, was cancelled or has failed items; an import stopped; a demo did not complete",
      "2:wrong usage",
      "3:Bailiff refused the request",
      "4:no answer: nothing is up, or not reachable",
      "5:not started: the data folder is in use, a port is taken, a server does not start",
      "143:ended by SIGTERM, everything closed (130: by Ctrl-C)"
    },
    footer = {
      "",
      "The script ./bailiff has two more: 'bench' measures speed beside plain SQL, 'test' is 'mvn verify'."
    },
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      WorkerCommand.class,
      GatewayCommand.class,
      ImportCommand.class,
      TokensCommand.class,
      TokenCommand.Alias.class,
      SubmitCommand.class,
      JobsCommand.class,
      JobCommand.class
    })
public final class Bailiff {

  private Bailiff() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Bailiff())
        .setExecutionExceptionHandler(new Failures())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }
}
