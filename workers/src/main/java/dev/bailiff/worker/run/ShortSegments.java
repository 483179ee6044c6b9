package dev.bailiff.worker.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether the segments of a kind are short now: so short that asking Kafka and the store for each
 * alone takes longer than its work. Slow to believe it and not shaken by a single slow one, as a
 * slot builds a new consumer when the answer changes. Thread-safe.
 */
public final class ShortSegments {
  private static final long SHORT_MILLIS = 15;
  private static final long LONG_MILLIS = 60;

  /** How many short ones a long one outweighs. */
  private static final int WEIGHT_OF_LONG = 10;

  private static final int ENOUGH = 50;
  private static final int MOST = 100;

  private final Map<String, Integer> balance = new ConcurrentHashMap<>();

  /** Whether segments of this kind are short. */
  public boolean areShort(String kind) {
    return balance.getOrDefault(kind, 0) >= ENOUGH;
  }

  /**
   * Some segments were worked.
   *
   * @param work the time that went into it, all together
   */
  void learn(String kind, int segments, Duration work) {
    long each = work.toMillis() / segments;
    if (each <= SHORT_MILLIS) {
      balance.merge(kind, segments, (before, more) -> Math.min(MOST, before + more));
    } else if (each > LONG_MILLIS) {
      balance.computeIfPresent(
          kind, (name, before) -> Math.max(0, before - WEIGHT_OF_LONG * segments));
    }
  }
}
