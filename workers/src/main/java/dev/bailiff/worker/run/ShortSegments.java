package dev.bailiff.worker.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Learns whether the segments of a kind are short now: asking Kafka and the store for each segment
 * alone takes longer than its work. The answer changes slowly, and a single slow segment seldom
 * changes it, because a slot builds a new consumer at each change. Thread-safe.
 */
public final class ShortSegments {
  private static final long SHORT_MILLIS = 15;
  private static final long LONG_MILLIS = 60;

  /** Number of short segments that one long segment outweighs. */
  private static final int WEIGHT_OF_LONG = 10;

  private static final int ENOUGH = 50;
  private static final int MOST = 100;

  private final Map<String, Integer> balance = new ConcurrentHashMap<>();

  /** Whether segments of this kind are short. */
  public boolean areShort(String kind) {
    return balance.getOrDefault(kind, 0) >= ENOUGH;
  }

  /**
   * Learns from segments that were worked.
   *
   * @param work the time that went into all of them together
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
