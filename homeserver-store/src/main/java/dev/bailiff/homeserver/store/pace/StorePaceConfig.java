package dev.bailiff.homeserver.store.pace;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code homeserver.pace} of the own store: the speed of batches that change something.
 *
 * <pre>
 * key       default
 * burst     50000    so many first items of a job are worked fast, the rest gently
 * slowdown  1.3      a gentle job lets reads take so many times their p95 on an idle database
 * </pre>
 */
public record StorePaceConfig(long burst, double slowdown) {

  public StorePaceConfig {
    if (burst < 0) {
      throw new IllegalArgumentException("pace: burst must not be negative: " + burst);
    }
    if (!(slowdown > 1)) {
      throw new IllegalArgumentException("pace: slowdown must be above 1: " + slowdown);
    }
  }

  /** Reads the block from YAML; absent keys have their defaults. */
  @JsonCreator
  static StorePaceConfig of(
      @JsonProperty("burst") @Nullable Long burst,
      @JsonProperty("slowdown") @Nullable Double slowdown) {
    return new StorePaceConfig(burst == null ? 50_000 : burst, slowdown == null ? 1.3 : slowdown);
  }

  /** The block without any key. */
  public static StorePaceConfig defaults() {
    return of(null, null);
  }
}
