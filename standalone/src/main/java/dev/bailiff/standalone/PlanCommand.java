package dev.bailiff.standalone;

import dev.bailiff.standalone.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bailiff plan}. */
@Command(
    name = "plan",
    description = {
      "Prints the plan that a dry run made: what the job would work, and whom it leaves out.",
      ""
    })
final class PlanCommand implements Callable<Integer> {
  @Mixin private JobOption job = new JobOption();

  @Override
  public Integer call() {
    return new PlanText(job.calls(), Terminal.ofProcess(), job.json()).print(job.id());
  }
}
