package dev.bailiff.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.schemas.api.JobReply;
import dev.bailiff.schemas.api.StageReply;
import dev.bailiff.standalone.terminal.ProgressDisplay;
import dev.bailiff.standalone.terminal.ProgressRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Jobs as rows of a progress display. */
public final class JobRows {
  private static final Set<String> ENDS = Set.of("completed", "failed", "cancelled");

  private JobRows() {}

  /** A listener that shows each job as a row. */
  public static JobListener on(ProgressDisplay display, Clock clock) {
    return new JobListener() {
      @Override
      public void show(List<JsonNode> jobs) {
        display.show(
            jobs.stream()
                .map(job -> row(ApiClient.as(JobReply.class, job), clock.instant()))
                .toList());
      }

      @Override
      public void finish() {
        display.finish();
      }
    };
  }

  /** Whether the job has ended, in success or not. */
  public static boolean hasEnded(JobReply job) {
    return ENDS.contains(job.status());
  }

  /** Whether the job completed without a failed item. */
  public static boolean isClean(JobReply job) {
    return job.status().equals("completed") && job.progress().failed() == 0;
  }

  public static ProgressRow row(JobReply job, Instant now) {
    Instant eta = job.eta();
    return new ProgressRow(
        job.kind(),
        state(job),
        job.progress().total(),
        job.progress().done(),
        job.progress().failed(),
        job.progress().skipped(),
        job.rate(),
        eta == null ? null : Duration.between(now, eta),
        hasEnded(job));
  }

  /**
   * The open stage of an active job, or the reason why it waits; {@code cancelling} after a request
   * to cancel; the status of any other job.
   */
  private static String state(JobReply job) {
    if (hasEnded(job)) {
      return job.status();
    }
    if (job.cancelRequestedAt() != null) {
      return "cancelling";
    }
    if (!job.status().equals("active")) {
      return job.status();
    }
    if (job.waitingFor() != null) {
      return "waits: " + job.waitingFor();
    }
    return job.stages().stream()
        .filter(stage -> stage.closedAt() == null)
        .reduce((earlier, later) -> later)
        .map(StageReply::name)
        .orElse(job.status());
  }
}
