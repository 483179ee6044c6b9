package dev.bailiff.gateway.job.wait;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import jakarta.validation.constraints.NotNull;

/**
 * The block {@code wait}.
 *
 * <pre>
 * key       default  meaning
 * duration  25s      how long a call waits for its job if the client does not say; below the 30 s that clients wait
 * longest   10m      the longest wait that a client gets with Prefer: wait=N
 * reread    1s       how often all waits are read again from the store, in one query
 * drain     5s       at a stop, how long the replies to all waiting calls may take together
 * </pre>
 */
public final class WaitConfig {
  @NotNull @JsonProperty private Duration duration = Duration.seconds(25);
  @NotNull @JsonProperty private Duration longest = Duration.minutes(10);
  @NotNull @JsonProperty private Duration reread = Duration.seconds(1);
  @NotNull @JsonProperty private Duration drain = Duration.seconds(5);

  /** The wait of a client without a preference. */
  public Duration duration() {
    return duration;
  }

  /** Longest wait. */
  public Duration longest() {
    return longest;
  }

  /** Pause between two readings of all waits. */
  public Duration reread() {
    return reread;
  }

  /** Time for all replies at a stop. */
  public Duration drain() {
    return drain;
  }
}
