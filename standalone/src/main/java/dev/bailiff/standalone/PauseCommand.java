package dev.bailiff.standalone;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bailiff pause}. */
@Command(
    name = "pause",
    description = {"Holds a job: no batch begins any more, until it is resumed.", ""})
final class PauseCommand implements Callable<Integer> {
  @Mixin private JobOption job = new JobOption();

  @Override
  public Integer call() {
    return job.print(job.calls().pause(job.id()));
  }
}
