package dev.bailiff.homeserver.synapse.pace;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code homeserver.pace}: the speed of the calls with which jobs change something.
 *
 * <pre>
 * key       default
 * most      32       fast calls in flight at most, over all jobs of the process; 1 to 128
 * burst     5000     so many first items of a job are worked fast, the rest gently
 * slowdown  1.5      a gentle job lets light calls take so many times their time on an idle server
 * </pre>
 */
public record PaceConfig(int most, long burst, double slowdown) {

  public PaceConfig {
    if (most < 1 || most > 128) {
      throw new IllegalArgumentException("pace: most must be 1 to 128: " + most);
    }
    if (burst < 0) {
      throw new IllegalArgumentException("pace: burst must not be negative: " + burst);
    }
    if (!(slowdown > 1)) {
      throw new IllegalArgumentException("pace: slowdown must be above 1: " + slowdown);
    }
  }

  /** Reads the block from YAML; absent keys have their defaults. */
  @JsonCreator
  static PaceConfig of(
      @JsonProperty("most") @Nullable Integer most,
      @JsonProperty("burst") @Nullable Long burst,
      @JsonProperty("slowdown") @Nullable Double slowdown) {
    return new PaceConfig(
        most == null ? 32 : most, burst == null ? 5000 : burst, slowdown == null ? 1.5 : slowdown);
  }

  /** The block without any key. */
  public static PaceConfig defaults() {
    return of(null, null, null);
  }
}
