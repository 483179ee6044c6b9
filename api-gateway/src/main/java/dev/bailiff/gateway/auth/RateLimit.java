package dev.bailiff.gateway.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * For each key a burst, then one each interval. Counts in this process only.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class RateLimit {
  /** With more keys than these, those that have their whole burst again are forgotten. */
  private static final int MANY_KEYS = 10_000;

  private final Clock clock;
  private final long intervalMillis;
  private final long burstMillis;
  // By key: the time at which it has its whole burst again.
  private final Map<String, Long> restedAt = new HashMap<>();
  // Not at each use: while many come there would be nothing to forget, and all to look through.
  private long nextSweepAt;

  RateLimit(Clock clock, int burst, Duration interval) {
    this.clock = clock;
    this.intervalMillis = interval.toMillis();
    this.burstMillis = burst * intervalMillis;
  }

  /** Counts one use; returns 0, or how many milliseconds it comes too early: then it counts not. */
  synchronized long take(String key) {
    long now = clock.millis();
    if (restedAt.size() >= MANY_KEYS && now >= nextSweepAt) {
      restedAt.values().removeIf(rested -> rested <= now);
      nextSweepAt = now + intervalMillis;
    }
    long rested = Math.max(now, restedAt.getOrDefault(key, now)) + intervalMillis;
    if (rested - now > burstMillis) {
      return rested - now - burstMillis;
    }
    restedAt.put(key, rested);
    return 0;
  }
}
