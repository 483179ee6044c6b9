package dev.bailiff.gateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.bailiff.secret.Sha256;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * A burst for each key, then one use per interval. Counts in this process only. An interval below a
 * millisecond limits nothing.
 *
 * <p>Clients choose the keys, which may have any size. Only the SHA-256 of a key is stored, and
 * only until the key has its whole burst again. A refused use changes nothing.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class RateLimit {
  private final TimeMeter time;
  private final Bandwidth bandwidth;
  private final boolean unlimited;
  private final Cache<String, LastUse> keys;

  RateLimit(Clock clock, int burst, Duration interval) {
    this.time = new ClockMeter(clock);
    this.unlimited = interval.toMillis() == 0;
    this.bandwidth =
        Bandwidth.builder()
            .capacity(burst)
            .refillGreedy(1, unlimited ? Duration.ofMillis(1) : interval)
            .build();
    this.keys =
        Caffeine.newBuilder()
            .ticker(time::currentTimeNanos)
            .expireAfter(Expiry.writing((String key, LastUse use) -> use.untilWhole()))
            .build();
  }

  /**
   * Counts one use. Returns 0, or the milliseconds by which the use comes too early; a refused use
   * is not counted.
   */
  long take(String key) {
    return unlimited ? 0 : takeHashed(HexFormat.of().formatHex(Sha256.of(key)));
  }

  /** How many keys are remembered. */
  long size() {
    keys.cleanUp();
    return keys.estimatedSize();
  }

  /** Caffeine works on one key at a time, so an older answer never replaces a newer one. */
  private long takeHashed(String key) {
    return keys.asMap()
        .compute(key, (same, last) -> LastUse.of(last == null ? bucket() : last.bucket()))
        .earlyMillis();
  }

  private Bucket bucket() {
    return Bucket.builder().withCustomTimePrecision(time).addLimit(bandwidth).build();
  }

  /** The bucket of a key, and its answer to the last use. */
  private record LastUse(Bucket bucket, ConsumptionProbe answer) {
    static LastUse of(Bucket bucket) {
      return new LastUse(bucket, bucket.tryConsumeAndReturnRemaining(1));
    }

    /** Whole milliseconds, rounded up: a client that waits for them is not too early again. */
    long earlyMillis() {
      return -Math.floorDiv(-answer.getNanosToWaitForRefill(), TimeUnit.MILLISECONDS.toNanos(1));
    }

    Duration untilWhole() {
      return Duration.ofNanos(answer.getNanosToWaitForReset());
    }
  }

  private record ClockMeter(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
