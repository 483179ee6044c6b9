package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff reject}. */
@Command(
    name = "reject",
    description = {
      "Rejects a job that waits for a second person: it is cancelled, and shows who rejected it and why.",
      ""
    })
final class RejectCommand implements Callable<Integer> {
  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why, for whoever asked for the job.")
  private String reason = "";

  @Mixin private JobOption job = new JobOption();

  @Override
  public Integer call() {
    return job.print(
        job.calls().reject(job.id(), JsonNodeFactory.instance.objectNode().put("reason", reason)));
  }
}
