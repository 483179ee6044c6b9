package dev.bailiff.homeserver.synapse.pace;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import dev.bailiff.homeserver.pace.Pace;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * As many calls at a time as Synapse takes. The limit grows by one with each call that finds at
 * least half of it in use, and is cut to 0.7 of it when Synapse shows that it is overloaded: by
 * 429, 5xx, no answer, or a probe above 500 ms.
 *
 * <p><b>One cut for one cause:</b> calls in flight at the moment of a cut were sent at the old
 * limit. If they fail too, the limit is not cut again.
 */
final class FastPace implements Pace {
  private static final int FIRST = 4;
  private static final double CUT = 0.7;
  private static final long SLOW_PROBE = Duration.ofMillis(500).toNanos();

  private final LongSupplier nanos;
  private final AIMDLimit limit;
  private final SimpleLimiter<Void> limiter;
  private long cutAt;

  /**
   * @param most calls in flight at most
   * @param nanos the clock
   */
  FastPace(int most, LongSupplier nanos) {
    this.nanos = nanos;
    this.cutAt = nanos.getAsLong() - 1;
    // A slow call says nothing: to deactivate a member of many rooms takes long on an idle server.
    this.limit =
        AIMDLimit.newBuilder()
            .initialLimit(Math.min(FIRST, most))
            .minLimit(1)
            .maxLimit(most)
            .backoffRatio(CUT)
            .timeout(1, TimeUnit.HOURS)
            .build();
    this.limiter = SimpleLimiter.newBuilder().limit(limit).nanoClock(nanos).build();
  }

  @Override
  public Optional<Turn> tryTurn() {
    long begin = nanos.getAsLong();
    return limiter.acquire(null).map(listener -> overloaded -> end(listener, begin, overloaded));
  }

  private void end(Limiter.Listener listener, long begin, boolean overloaded) {
    if (!overloaded) {
      listener.onSuccess();
    } else if (isNewCause(begin)) {
      listener.onDropped();
    } else {
      listener.onIgnore();
    }
  }

  /** Takes note of a probe that took so long. */
  void probed(long took) {
    long begin = nanos.getAsLong() - took;
    if (took > SLOW_PROBE && isNewCause(begin)) {
      limit.onSample(begin, took, limiter.getInflight(), true);
    }
  }

  private synchronized boolean isNewCause(long begin) {
    if (begin - cutAt <= 0) {
      return false;
    }
    cutAt = nanos.getAsLong();
    return true;
  }

  @Override
  public long waitNanos() {
    return Long.MAX_VALUE;
  }

  /** Calls in flight at most. */
  int limit() {
    return limit.getLimit();
  }

  @Override
  public String text() {
    return "fast, " + limit() + " at a time";
  }
}
