package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.schemas.api.JobReply;
import dev.bailiff.schemas.api.PlanReply;
import dev.bailiff.standalone.client.ApiClient;
import dev.bailiff.standalone.client.JobListener;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.client.JobWatch;
import dev.bailiff.standalone.terminal.Terminal;
import java.util.List;
import java.util.Locale;

/**
 * What the demo shows of bulk jobs: a dry run by a filter and its run, a job that is cancelled in
 * the middle, and a retry of what it left over.
 */
final class DemoSteering {
  /** So slow that the job is still at work when it is cancelled. */
  private static final int SLOW = 200;

  private final JobRequests calls;
  private final Terminal terminal;

  DemoSteering(JobRequests calls, Terminal terminal) {
    this.calls = calls;
    this.terminal = terminal;
  }

  /** Plans a job by a filter, prints its numbers, and returns the id of the dry run. */
  String plan(String kind, String filter, ObjectNode parameters) {
    ObjectNode request = node().put("kind", kind).put("dry_run", true);
    request.set("filter", FilterText.parse(filter));
    request.set("parameters", parameters);
    String id = calls.submit(request).path("job_id").asText();
    new JobWatch(calls).await(List.of(id), JobListener.SILENT);
    terminal
        .out()
        .println(
            "Dry run of "
                + kind
                + " by the filter '"
                + filter
                + "': "
                + PlanText.numbers(ApiClient.as(PlanReply.class, calls.plan(id)))
                + ".");
    return id;
  }

  /** Runs a plan and returns the new job. */
  String run(String plan, String reason) {
    return calls.run(plan, node().put("reason", reason)).path("job_id").asText();
  }

  /**
   * Submits a job, cancels it as soon as something is done, and has the rest worked.
   *
   * @return the job that works the rest
   */
  String cancelAndRetry(ObjectNode request) {
    String id = calls.submit(request.put("max_rate", SLOW)).path("job_id").asText();
    JobReply cancelled =
        ApiClient.as(
            JobReply.class,
            new JobWatch(calls).await(List.of(id), new CancelAtFirstItem(id)).get(0));
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "Cancelled in the middle: %s, %d of %d done. The rest is worked by a retry.%n",
            cancelled.kind(),
            cancelled.progress().done(),
            cancelled.progress().total());
    return calls.retry(id, node().putNull("max_rate")).path("job_id").asText();
  }

  private final class CancelAtFirstItem implements JobListener {
    private final String id;
    private boolean asked;

    CancelAtFirstItem(String id) {
      this.id = id;
    }

    @Override
    public void show(List<JsonNode> jobs) {
      if (!asked && jobs.stream().anyMatch(job -> job.path("progress").path("done").asLong() > 0)) {
        calls.cancel(id);
        asked = true;
      }
    }

    @Override
    public void finish() {}
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
