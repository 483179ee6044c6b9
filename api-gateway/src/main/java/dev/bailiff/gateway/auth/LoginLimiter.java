package dev.bailiff.gateway.auth;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds the logins that come from one address: a burst, then one each interval. Checking a
 * password costs a quarter of a second of a core, and guesses should be slow. Counts in this
 * process only.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class LoginLimiter {
  /**
   * Addresses remembered at most; when there are more, those that could log in again anyway are
   * forgotten.
   */
  private static final int MOST_ADDRESSES = 10_000;

  private final Clock clock;
  private final long intervalMillis;
  private final long burstMillis;
  // By address: the time at which the address has its whole burst again.
  private final Map<String, Long> restedAt = new HashMap<>();

  public LoginLimiter(Clock clock, int burst, Duration interval) {
    this.clock = clock;
    this.intervalMillis = interval.toMillis();
    this.burstMillis = burst * intervalMillis;
  }

  /**
   * Counts a login.
   *
   * @throws ApiException 429 {@code M_LIMIT_EXCEEDED}
   */
  public synchronized void admit(String address) {
    long now = clock.millis();
    if (restedAt.size() >= MOST_ADDRESSES) {
      restedAt.values().removeIf(rested -> rested <= now);
    }
    long rested = Math.max(now, restedAt.getOrDefault(address, now)) + intervalMillis;
    if (rested - now > burstMillis) {
      throw new ApiException(429, Errcode.M_LIMIT_EXCEEDED, "Too many logins")
          .with("retry_after_ms", rested - now - burstMillis);
    }
    restedAt.put(address, rested);
  }
}
