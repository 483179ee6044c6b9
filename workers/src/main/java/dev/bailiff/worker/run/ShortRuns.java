package dev.bailiff.worker.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether the segments of a kind are short now: so short that asking Kafka and the store for each
 * alone takes longer than its work. Slow to believe it and not shaken by a single slow one, as a
 * slot builds a new consumer when the answer changes. Thread-safe.
 */
public final class ShortRuns {
  private static final long SHORT_MILLIS = 15;
  private static final long LONG_MILLIS = 30;
  private static final int ENOUGH = 50;
  private static final int MOST = 200;

  private final Map<String, Integer> inARow = new ConcurrentHashMap<>();

  /** Whether segments of this kind are short. */
  public boolean areShort(String kind) {
    return inARow.getOrDefault(kind, 0) >= ENOUGH;
  }

  /**
   * Some segments were worked.
   *
   * @param took all together
   */
  void learn(String kind, int segments, Duration took) {
    long each = took.toMillis() / segments;
    if (each <= SHORT_MILLIS) {
      inARow.merge(kind, segments, (before, more) -> Math.min(MOST, before + more));
    } else if (each > LONG_MILLIS) {
      inARow.computeIfPresent(kind, (name, before) -> before / 2);
    }
  }
}
