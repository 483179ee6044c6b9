package dev.bailiff.standalone;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bailiff delete}. */
@Command(
    name = "delete",
    description = {"Deletes a job that has ended, with its targets, failures and receipt.", ""})
final class DeleteCommand implements Callable<Integer> {
  @Mixin private JobOption job = new JobOption();

  @Override
  public Integer call() {
    return job.print(job.calls().delete(job.id()), job.id() + "  deleted");
  }
}
