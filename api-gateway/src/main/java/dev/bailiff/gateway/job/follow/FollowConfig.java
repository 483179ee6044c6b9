package dev.bailiff.gateway.job.follow;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/**
 * The block {@code follow}: streams of events and long polls.
 *
 * <pre>
 * key        default  meaning
 * most       1000     streams and long polls at once on a gateway; beyond it 429
 * perToken   64       the same with one token, or of one user; beyond it 429
 * longest    5m       then a stream ends, and its client opens another one; at most half of
 *                     limits.replyTime, which would cut it
 * heartbeat  15s      a stream in which nothing happens sends a comment so often; below the idleTimeout
 *                     of the connector
 * reread     1s       how often a gateway with followers reads which jobs changed, in one query, as events
 *                     may be lost
 * </pre>
 */
public final class FollowConfig {
  @Min(1)
  @JsonProperty
  private int most = 1_000;

  @Min(1)
  @JsonProperty
  private int perToken = 64;

  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
  @JsonProperty
  private Duration longest = Duration.minutes(5);

  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
  @JsonProperty
  private Duration heartbeat = Duration.seconds(15);

  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
  @JsonProperty
  private Duration reread = Duration.seconds(1);

  /** Followers of a gateway. */
  public int most() {
    return most;
  }

  /** Followers with one token. */
  public int perToken() {
    return perToken;
  }

  /** The life of a stream. */
  public Duration longest() {
    return longest;
  }

  /** Pause between two signs of life. */
  public Duration heartbeat() {
    return heartbeat;
  }

  /** Pause between two readings of the store. */
  public Duration reread() {
    return reread;
  }
}
