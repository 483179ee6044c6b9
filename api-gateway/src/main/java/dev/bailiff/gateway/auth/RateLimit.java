package dev.bailiff.gateway.auth;

import dev.bailiff.secret.Sha256;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * For each key a burst, then one each interval. Counts in this process only.
 *
 * <p>Keys are what anybody says, of any size: of each its SHA-256 is kept, and only until it has
 * its whole burst again. What is refused leaves nothing behind.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class RateLimit {
  private final Clock clock;
  private final long intervalMillis;
  private final long burstMillis;
  // By key: the time at which it has its whole burst again.
  private final Map<String, Long> restedAt = new HashMap<>();
  // Not at each use: each sweep looks at all keys, and none is rested in less than an interval.
  private long nextSweepAt;

  RateLimit(Clock clock, int burst, Duration interval) {
    this.clock = clock;
    this.intervalMillis = interval.toMillis();
    this.burstMillis = burst * intervalMillis;
  }

  /**
   * Counts one use. Returns 0, or how many milliseconds too early it is; a refused use is not
   * counted.
   */
  long take(String key) {
    return takeHashed(HexFormat.of().formatHex(Sha256.of(key)));
  }

  /** How many keys are remembered. */
  synchronized int size() {
    return restedAt.size();
  }

  private synchronized long takeHashed(String key) {
    long now = clock.millis();
    if (now >= nextSweepAt) {
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
