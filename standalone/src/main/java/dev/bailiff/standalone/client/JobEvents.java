package dev.bailiff.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows jobs by the gateway's stream of events. A stream that ends is opened anew where it ended,
 * and a gateway that is away is waited for, for instance in a restart.
 */
public final class JobEvents {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ApiClient api;
  private final String path;
  private final Consumer<JsonNode> onJob;
  private final Runnable onMissed;
  private @Nullable String lastId;
  private @Nullable Long silentSince;

  private JobEvents(ApiClient api, String path, Consumer<JsonNode> onJob, Runnable onMissed) {
    this.api = api;
    this.path = path;
    this.onJob = onJob;
    this.onMissed = onMissed;
  }

  /**
   * Of one job, to its end.
   *
   * @param onJob gets each state
   */
  public static JobEvents ofJob(ApiClient api, String id, Consumer<JsonNode> onJob) {
    return new JobEvents(api, ApiClient.path("/_bailiff/v1/jobs/{}/events", id), onJob, () -> {});
  }

  /**
   * Of all jobs, for ever.
   *
   * @param query {@code kind}, {@code status}
   * @param onJob gets each state
   * @param onMissed called when more jobs changed than could be told
   */
  public static JobEvents ofAll(
      ApiClient api, Map<String, String> query, Consumer<JsonNode> onJob, Runnable onMissed) {
    return new JobEvents(api, "/_bailiff/v1/events" + ApiClient.query(query), onJob, onMissed);
  }

  /**
   * Follows until the job has ended.
   *
   * @throws ApiCallException if the call is refused, or if no answer came for a minute
   */
  public void follow() {
    while (true) {
      try {
        var stream = api.stream(path, lastId);
        if (stream.isEmpty()) {
          return;
        }
        silentSince = null;
        read(stream.get());
      } catch (ApiCallException e) {
        long now = System.nanoTime();
        if (silentSince == null) {
          silentSince = now;
        }
        if (!e.isPassing() || now - silentSince > PATIENCE.toNanos()) {
          throw e;
        }
      }
      pause();
    }
  }

  private void read(InputStream stream) {
    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      String id = lastId;
      String event = "";
      Optional<String> data = Optional.empty();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          // Only a whole event counts: one that was cut off comes once more.
          lastId = id;
          tell(event, data);
          event = "";
          data = Optional.empty();
        } else if (line.startsWith("id: ")) {
          id = line.substring("id: ".length());
        } else if (line.startsWith("event: ")) {
          event = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          data = Optional.of(line.substring("data: ".length()));
        }
      }
    } catch (IOException e) {
      // Cut off: the next stream goes on behind the last id.
      silentSince = silentSince == null ? Long.valueOf(System.nanoTime()) : silentSince;
    }
  }

  private void tell(String event, Optional<String> data) {
    if (event.equals("job") && data.isPresent()) {
      onJob.accept(ApiClient.tree(data.get()));
    } else if (event.equals("missed")) {
      onMissed.run();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
