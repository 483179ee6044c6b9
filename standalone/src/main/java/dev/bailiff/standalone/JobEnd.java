package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.schemas.api.JobErrorReply;
import dev.bailiff.schemas.api.JobReply;
import dev.bailiff.standalone.client.ApiCallException;
import dev.bailiff.standalone.client.ApiClient;
import dev.bailiff.standalone.client.JobListener;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.client.JobRows;
import dev.bailiff.standalone.client.JobWatch;
import dev.bailiff.standalone.client.JsonLines;
import dev.bailiff.standalone.terminal.Terminal;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows one job to its end, for {@code --watch}. */
final class JobEnd {
  private static final Logger LOG = LoggerFactory.getLogger(JobEnd.class);

  private final JobRequests calls;
  private final Terminal terminal;
  private final boolean json;

  JobEnd(JobRequests calls, Terminal terminal, boolean json) {
    this.calls = calls;
    this.terminal = terminal;
    this.json = json;
  }

  /**
   * Shows progress, or each changed answer as a line of JSON, and returns the exit code for the
   * job's end.
   */
  int await(String id) {
    Clock clock = Clock.systemUTC();
    JobListener listener =
        json ? new JsonLines(terminal.out()) : JobRows.on(terminal.progress(), clock);
    JsonNode answer = new JobWatch(calls).await(List.of(id), listener).get(0);
    JobReply job = ApiClient.as(JobReply.class, answer);
    JobErrorReply error = job.error();
    if (error != null && !json) {
      terminal.out().println(error.error() + " (" + error.errcode() + ")");
    }
    if (!json) {
      printUnknown(id);
    }
    return JobRows.isClean(job) ? ExitCode.DONE : ExitCode.ENDED_BADLY;
  }

  /** The job has ended, so an error of this request must not change the exit code. */
  private void printUnknown(String id) {
    try {
      UnknownTargets.lines(calls, id).forEach(terminal.out()::println);
    } catch (ApiCallException e) {
      LOG.info("the targets were not asked for: {}", e.getMessage());
    }
  }
}
