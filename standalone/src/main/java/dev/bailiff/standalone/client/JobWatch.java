package dev.bailiff.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.schemas.api.JobReply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows jobs to their end. A watch waits for a gateway that is away for a while, for instance in
 * a restart, because the jobs go on without the gateway.
 */
public final class JobWatch {
  private static final Duration INTERVAL = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final JobRequests calls;
  private @Nullable Long silentSince;

  public JobWatch(JobRequests calls) {
    this.calls = calls;
  }

  /**
   * Shows the jobs until all have ended, and returns their last answers in the order of {@code
   * ids}.
   *
   * @throws ApiException if a job is unknown, or if no answer came for a minute
   */
  public List<JsonNode> await(List<String> ids, JobListener listener) {
    Map<String, JsonNode> answers = new LinkedHashMap<>();
    boolean ended;
    do {
      ended = true;
      for (String id : ids) {
        JsonNode answer = ask(id, answers.get(id));
        if (answer != null) {
          answers.put(id, answer);
        }
        ended &= answer != null && hasEnded(answer);
      }
      listener.show(List.copyOf(answers.values()));
      if (!ended) {
        pause();
      }
    } while (!ended);
    listener.finish();
    return List.copyOf(answers.values());
  }

  /** The job as it is now, or its last known answer if no answer comes. */
  private @Nullable JsonNode ask(String id, @Nullable JsonNode last) {
    if (last != null && hasEnded(last)) {
      return last;
    }
    try {
      JsonNode answer = calls.job(id);
      silentSince = null;
      return answer;
    } catch (ApiCallException e) {
      long now = System.nanoTime();
      if (silentSince == null) {
        silentSince = now;
      }
      if (!e.isPassing() || now - silentSince > PATIENCE.toNanos()) {
        throw e;
      }
      return last;
    }
  }

  private static boolean hasEnded(JsonNode job) {
    return JobRows.hasEnded(ApiClient.as(JobReply.class, job));
  }

  private static void pause() {
    try {
      Thread.sleep(INTERVAL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
