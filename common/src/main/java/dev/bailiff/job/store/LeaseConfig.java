package dev.bailiff.job.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code leases}: times and bounds of leases, the same for all gateways and workers. A
 * value out of bounds is refused when the file is read.
 *
 * <pre>
 * key              default  bounds
 * lease            30s      more than statementTimeout
 * statementTimeout 10s      more than 0
 * maxAttempts      5        1 or more
 * window           32       1 or more
 * republishAfter   5s       more than 0
 * republishAtMost  5m       republishAfter or more
 * retryBackoff     1s       0 or more
 * </pre>
 *
 * @param lease how long a lease lasts after each batch, on the database's clock; a batch must not
 *     outlast a third of it
 * @param statementTimeout {@code lock_timeout}, {@code statement_timeout} and {@code
 *     idle_in_transaction_session_timeout} of a batch: a stopped worker keeps no locks for longer
 * @param maxAttempts leases in a row without a committed batch before the rest of a segment is
 *     given up
 * @param window segments of one job that are published at a time; four times as many while the
 *     segments are so short that they are worked in groups
 * @param republishAfter first wait before a command that nobody took is published again; doubles
 *     each time
 * @param republishAtMost bound of that doubling, and of any other wait of a segment: a longer wait
 *     was stored before the database's clock was put back
 * @param retryBackoff first wait before a failed segment is tried again; doubles with each attempt
 */
public record LeaseConfig(
    Duration lease,
    Duration statementTimeout,
    int maxAttempts,
    int window,
    Duration republishAfter,
    Duration republishAtMost,
    Duration retryBackoff) {

  public LeaseConfig {
    require(statementTimeout.compareTo(Duration.ZERO) > 0, "statementTimeout must be more than 0");
    // A batch whose statements last as long as its lease would lose the lease each time.
    require(lease.compareTo(statementTimeout) > 0, "lease must be more than statementTimeout");
    require(maxAttempts >= 1, "maxAttempts must be 1 or more");
    require(window >= 1, "window must be 1 or more");
    require(republishAfter.compareTo(Duration.ZERO) > 0, "republishAfter must be more than 0");
    require(
        republishAtMost.compareTo(republishAfter) >= 0,
        "republishAtMost must be republishAfter or more");
    require(!retryBackoff.isNegative(), "retryBackoff must be 0 or more");
  }

  /**
   * The wait, cut to the longest one that is stored; a caller with more to wait asks again then.
   */
  Duration atMost(Duration wait) {
    return wait.compareTo(republishAtMost) > 0 ? republishAtMost : wait;
  }

  /** For production. */
  public static final LeaseConfig DEFAULT =
      new LeaseConfig(
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          5,
          32,
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1));

  /** Reads the block from YAML; absent keys have their defaults. */
  @JsonCreator
  static LeaseConfig of(
      @JsonProperty("lease") io.dropwizard.util.@Nullable Duration lease,
      @JsonProperty("statementTimeout") io.dropwizard.util.@Nullable Duration statementTimeout,
      @JsonProperty("maxAttempts") @Nullable Integer maxAttempts,
      @JsonProperty("window") @Nullable Integer window,
      @JsonProperty("republishAfter") io.dropwizard.util.@Nullable Duration republishAfter,
      @JsonProperty("republishAtMost") io.dropwizard.util.@Nullable Duration republishAtMost,
      @JsonProperty("retryBackoff") io.dropwizard.util.@Nullable Duration retryBackoff) {
    return new LeaseConfig(
        or(lease, DEFAULT.lease),
        or(statementTimeout, DEFAULT.statementTimeout),
        maxAttempts == null ? DEFAULT.maxAttempts : maxAttempts,
        window == null ? DEFAULT.window : window,
        or(republishAfter, DEFAULT.republishAfter),
        or(republishAtMost, DEFAULT.republishAtMost),
        or(retryBackoff, DEFAULT.retryBackoff));
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("leases: " + rule);
    }
  }

  private static Duration or(io.dropwizard.util.@Nullable Duration given, Duration otherwise) {
    return given == null ? otherwise : given.toJavaDuration();
  }
}
