package dev.bailiff.standalone;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bailiff cancel}. */
@Command(
    name = "cancel",
    description = {"Asks a job to stop at its next batch. What was done stays done.", ""})
final class CancelCommand implements Callable<Integer> {
  @Mixin private JobOption job = new JobOption();

  @Override
  public Integer call() {
    return job.print(job.calls().cancel(job.id()));
  }
}
