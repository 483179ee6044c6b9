package dev.bailiff.standalone;

import dev.bailiff.standalone.stack.RuntimeInfo.SynapseInfo;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** {@code bailiff synapse check}. */
@Command(
    name = "check",
    description = {
      "Asks a running Synapse what 'bailiff up --synapse' asks it before it serves, and prints each answer on a line.",
      "",
      "It changes nothing there. The first check that fails is printed on standard error and ends the command.",
      ""
    })
final class SynapseCheckCommand implements Callable<Integer> {
  @ArgGroup(exclusive = false, multiplicity = "1")
  private SynapseOptions synapse = new SynapseOptions();

  @Override
  public Integer call() {
    PrintStream out = StandardOutput.claim();
    SynapseInfo info = synapse.info();
    new SynapseCheck(info, out::println).run();
    return ExitCode.DONE;
  }
}
