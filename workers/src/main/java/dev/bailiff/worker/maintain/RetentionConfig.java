package dev.bailiff.worker.maintain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.bailiff.job.JobStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code retention}: how long ended jobs are kept, by how they ended.
 *
 * <pre>
 * key       default  bounds
 * completed 7d       0 or more
 * failed    30d      0 or more
 * cancelled 30d      0 or more
 * </pre>
 *
 * One time in place of the block, as in {@code retention: 7d}, is meant for all of them.
 */
public record RetentionConfig(Duration completed, Duration failed, Duration cancelled) {
  /** For production. */
  public static final RetentionConfig DEFAULT =
      new RetentionConfig(Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(30));

  public RetentionConfig {
    require(completed, "completed");
    require(failed, "failed");
    require(cancelled, "cancelled");
  }

  /** The same time for all jobs. */
  public static RetentionConfig ofAll(Duration time) {
    return new RetentionConfig(time, time, time);
  }

  /** Reads one time for all, as files of the first releases have it. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static RetentionConfig of(String time) {
    return ofAll(io.dropwizard.util.Duration.parse(time).toJavaDuration());
  }

  /** Reads the block from YAML; absent keys have their defaults. */
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  static RetentionConfig of(
      @JsonProperty("completed") io.dropwizard.util.@Nullable Duration completed,
      @JsonProperty("failed") io.dropwizard.util.@Nullable Duration failed,
      @JsonProperty("cancelled") io.dropwizard.util.@Nullable Duration cancelled) {
    return new RetentionConfig(
        or(completed, DEFAULT.completed),
        or(failed, DEFAULT.failed),
        or(cancelled, DEFAULT.cancelled));
  }

  /** How long jobs that ended with a status are kept, for each such status. */
  Map<JobStatus, Duration> byStatus() {
    var times = new LinkedHashMap<JobStatus, Duration>();
    times.put(JobStatus.COMPLETED, completed);
    times.put(JobStatus.FAILED, failed);
    times.put(JobStatus.CANCELLED, cancelled);
    return times;
  }

  private static void require(Duration time, String name) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("retention: " + name + " must be 0 or more");
    }
  }

  private static Duration or(io.dropwizard.util.@Nullable Duration given, Duration otherwise) {
    return given == null ? otherwise : given.toJavaDuration();
  }
}
