package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.terminal.Terminal;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the verbs have in common that make a new job of an old one. */
final class FollowingJob {
  @Option(
      names = "--watch",
      description = "Follow the new job to its end, as 'bailiff job ID --watch'.")
  private boolean watch;

  @Mixin private JobOption job = new JobOption();

  /** Makes a new job of the job with this id. */
  @FunctionalInterface
  interface Call {
    JsonNode make(JobRequests calls, String id, ObjectNode terms);
  }

  /** Makes the job, prints its id and status, and follows it if asked to. */
  int make(TermOptions terms, Call call) {
    var calls = job.calls();
    var request = JsonNodeFactory.instance.objectNode();
    terms.addTo(request);
    var answer = call.make(calls, job.id(), request);
    int printed = job.print(answer);
    return watch
        ? new JobEnd(calls, Terminal.ofProcess(), job.json()).await(answer.path("job_id").asText())
        : printed;
  }
}
