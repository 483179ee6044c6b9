package dev.bailiff.standalone;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bailiff resume}. */
@Command(
    name = "resume",
    description = {"Lets a paused job go on where it was.", ""})
final class ResumeCommand implements Callable<Integer> {
  @Mixin private JobOption job = new JobOption();

  @Override
  public Integer call() {
    return job.print(job.calls().resume(job.id()));
  }
}
