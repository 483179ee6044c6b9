package dev.bailiff.gateway.auth;

import dev.bailiff.secret.Sha256;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * A burst for each key, then one use per interval. Counts in this process only.
 *
 * <p>Clients choose the keys, which may have any size. Only the SHA-256 of a key is stored, and
 * only until the key has its whole burst again. A refused use stores nothing.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class RateLimit {
  private final Clock clock;
  private final long intervalMillis;
  private final long burstMillis;
  // By key: the time at which the key has its whole burst again.
  private final Map<String, Long> restedAt = new HashMap<>();
  // A sweep at each use would be too much: it looks at all keys, and no key rests in less than an
  // interval.
  private long nextSweepAt;

  RateLimit(Clock clock, int burst, Duration interval) {
    this.clock = clock;
    this.intervalMillis = interval.toMillis();
    this.burstMillis = burst * intervalMillis;
  }

  /**
   * Counts one use. Returns 0, or the milliseconds by which the use comes too early; a refused use
   * is not counted.
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
