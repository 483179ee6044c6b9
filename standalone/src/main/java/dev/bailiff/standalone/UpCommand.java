package dev.bailiff.standalone;

import dev.bailiff.gateway.job.approval.ApprovalConfig;
import dev.bailiff.standalone.stack.DataFolder;
import dev.bailiff.standalone.stack.RuntimeInfo;
import dev.bailiff.standalone.stack.RuntimeInfo.SynapseInfo;
import dev.bailiff.standalone.stack.Stack;
import dev.bailiff.standalone.stack.StackSettings;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff up}. */
@Command(
    name = "up",
    description = {
      "Starts PostgreSQL, Kafka, a gateway and workers on this machine, and stays.",
      "",
      "When it serves, it prints one line on standard output: ready http://127.0.0.1:PORT. The first admin token is in"
          + " DIR/admin-token, the addresses of what was started in DIR/runtime.json, its log in DIR/bailiff.log.",
      "SIGTERM or Ctrl-C stops everything within 10 seconds. After a crash, just start it again.",
      "With --synapse the jobs act on that running Synapse, and every other call is passed on to it. The folder remembers its"
          + " address and the paths of the token files, never a token.",
      "Open jobs of a data folder or database that was copied or restored are paused until --resume-copied-jobs: the original"
          + " may be at work on them.",
      "If PostgreSQL ends by itself it is started again; what cannot go on stops everything with one line and exit code 6.",
      ""
    })
final class UpCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8008",
      description =
          "Port of the HTTP API on 127.0.0.1 (default: ${DEFAULT-VALUE}); 0 = any free one.")
  private int port;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "Workers in this process (default: ${DEFAULT-VALUE}); 0 = add them with 'bailiff worker --data DIR'.")
  private int workers;

  @Option(
      names = "--resume-copied-jobs",
      description =
          "Lets the jobs go on that are paused because the data folder or its database was copied or restored. Only where"
              + " nothing else works on them any more.")
  private boolean resumeCopiedJobs;

  @Option(
      names = "--approvals",
      paramLabel = "on|off",
      defaultValue = "on",
      description = {
        "Whether a second person has to approve jobs of more than 50 accounts, or about a room with more than 1,000 members",
        "(default: ${DEFAULT-VALUE}). 'bailiff gateway --config FILE' has finer policies."
      })
  private String approvals = "on";

  @ArgGroup(exclusive = false)
  private @Nullable SynapseOptions synapse;

  @Override
  public Integer call() throws InterruptedException {
    PrintStream out = StandardOutput.claim();
    ApprovalConfig policy = policy();
    StackSettings settings = new StackSettings(port, workers).approving(policy);
    if (resumeCopiedJobs) {
      settings = settings.resumingCopiedJobs();
    }
    DataFolder folder = data.folder();
    SynapseInfo given = synapse == null ? null : synapse.info();
    if (given != null) {
      settings = inFrontOf(given, settings); // a refusal makes no folder
    }
    folder.create();
    if (given == null) {
      SynapseInfo known = folder.runtime().map(RuntimeInfo::synapse).orElse(null);
      settings = known == null ? settings : again(known, settings);
    }
    ServerLogging.toFile(folder.log());
    Stack stack = new Stack(folder, settings);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
    out.println("ready " + stack.start().url());
    out.flush();
    System.err.println(policy.words());
    // Waits until a signal ends the process, or one of its servers is lost; the shutdown hook
    // closes the rest.
    throw new CommandException(ExitCode.COULD_NOT_GO_ON, stack.awaitLoss());
  }

  private ApprovalConfig policy() {
    if (!approvals.equals("on") && !approvals.equals("off")) {
      throw new CommandException(ExitCode.WRONG_USAGE, "--approvals is on or off");
    }
    return ApprovalConfig.of(approvals);
  }

  /** A Synapse that is away is no reason not to start: jobs are accepted meanwhile, and wait. */
  private static StackSettings again(SynapseInfo synapse, StackSettings settings) {
    try {
      return inFrontOf(synapse, settings);
    } catch (CommandException e) {
      if (e.exitCode() != ExitCode.NO_ANSWER) {
        throw e;
      }
      System.err.println("bailiff: " + e.getMessage() + "; jobs wait until it answers");
      return settings.inFrontOfUnknown(synapse);
    }
  }

  /** Asks Synapse, and shows its answers on standard error: standard output has one line. */
  private static StackSettings inFrontOf(SynapseInfo synapse, StackSettings settings) {
    SynapseFinding found = new SynapseCheck(synapse, line -> {}).run();
    System.err.println(found.inWords(synapse.url()));
    return settings.inFrontOf(synapse, found.serverName());
  }
}
