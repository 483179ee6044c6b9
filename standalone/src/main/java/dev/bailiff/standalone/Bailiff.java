package dev.bailiff.standalone;

import dev.bailiff.log.GuardedLog;
import dev.bailiff.text.FixedLocale;
import dev.bailiff.text.VisibleText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
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
      "3:Bailiff refused the request, or Synapse refused a token; the number of targets was not the confirmed one",
      "4:no answer: nothing is up, or not reachable",
      "5:not started: the data folder is in use, cannot be upgraded or has jobs of another homeserver, a port is taken, a server does not start",
      "6:could not go on: a server that 'up' started ended and cannot be kept, for instance as the disk is full",
      "7:out of memory: give it more by BAILIFF_JAVA_OPTIONS and start it again",
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
      AuditCommand.class,
      SubmitCommand.class,
      JobsCommand.class,
      JobCommand.class,
      CountCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      CancelCommand.class,
      ApproveCommand.class,
      RejectCommand.class,
      RetryCommand.class,
      PlanCommand.class,
      RunCommand.class,
      ChangeCommand.class,
      DeleteCommand.class,
      FailuresCommand.class,
      TargetsCommand.class,
      ReceiptCommand.class,
      WorkersCommand.class,
      EventsCommand.class,
      WhoamiCommand.class,
      WebhooksCommand.class,
      SynapseCommand.class
    })
public final class Bailiff {

  private Bailiff() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /**
   * Running out of memory ends every command. The launcher makes the JVM of a server end at once; a
   * client ends here.
   */
  private static int run(String... args) {
    FixedLocale.set();
    GuardedLog.install();
    Optional<String> fault = Arguments.fault(args);
    if (fault.isPresent()) {
      System.err.println("bailiff: " + fault.get());
      return ExitCode.WRONG_USAGE;
    }
    try {
      return commandLine().execute(args);
    } catch (OutOfMemoryError e) {
      System.err.println(
          "bailiff: out of memory: what was read is too large for this command; give it more by"
              + " BAILIFF_JAVA_OPTIONS=-Xmx1g");
      return ExitCode.OUT_OF_MEMORY;
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Bailiff())
        .setExecutionExceptionHandler(new Failures())
        .setParameterExceptionHandler(Bailiff::refuse)
        .registerConverter(Path.class, new GivenPath())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }

  /**
   * Does the same as picocli, but shows control characters: a mistyped word may have been pasted.
   */
  private static int refuse(CommandLine.ParameterException refusal, String[] arguments) {
    CommandLine command = refusal.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(VisibleText.of(String.valueOf(refusal.getMessage())));
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(refusal, err)) {
      command.usage(err);
    }
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}
