package dev.bailiff.homeserver.synapse.pace;

import dev.bailiff.homeserver.pace.Pace;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * One call at a time, evenly spaced, at a rate that moves. The rate grows by 1/s every 2 s while
 * calls wait for it, and is cut to 0.7 of it, at most every 3 s, while the probe is slow or when
 * Synapse shows that it is overloaded.
 */
final class GentlePace implements Pace {
  /** Half of the 10/s at which users' sends took as long as on an idle server. */
  private static final double FIRST = 5;

  private static final double LEAST = 1;
  private static final double CUT = 0.7;
  private static final long GROWS_AFTER = Duration.ofSeconds(2).toNanos();

  /** The time after which all values of the probe were taken at the new rate. */
  private static final long CUT_AFTER = Pacing.PROBE.length().toNanos();

  private static final double SECOND = Duration.ofSeconds(1).toNanos();

  private final BooleanSupplier probeIsSlow;
  private final LongSupplier nanos;
  private double rate = FIRST;
  private long changedAt;
  private long nextAt;
  private boolean inFlight;
  private boolean callsWaited;

  /**
   * @param probeIsSlow whether users wait noticeably longer than on an idle server
   * @param nanos the clock
   */
  GentlePace(BooleanSupplier probeIsSlow, LongSupplier nanos) {
    this.probeIsSlow = probeIsSlow;
    this.nanos = nanos;
    this.changedAt = nanos.getAsLong();
    this.nextAt = changedAt;
  }

  @Override
  public synchronized Optional<Turn> tryTurn() {
    long now = nanos.getAsLong();
    adjust(now);
    if (inFlight) {
      return Optional.empty();
    }
    if (now - nextAt < 0) {
      callsWaited = true;
      return Optional.empty();
    }
    long space = (long) (SECOND / rate);
    // A thread that woke up late does not lower the rate.
    nextAt = now - nextAt > space ? now + space : nextAt + space;
    inFlight = true;
    return Optional.of(this::end);
  }

  private void adjust(long now) {
    long unchanged = now - changedAt;
    if (probeIsSlow.getAsBoolean()) {
      if (unchanged >= CUT_AFTER) {
        cut(now);
      }
    } else if (callsWaited && unchanged >= GROWS_AFTER) {
      change(rate + 1, now);
    }
  }

  private void cut(long now) {
    change(Math.max(LEAST, rate * CUT), now);
  }

  private void change(double to, long now) {
    rate = to;
    changedAt = now;
    callsWaited = false;
  }

  private synchronized void end(boolean overloaded) {
    inFlight = false;
    if (overloaded) {
      cut(nanos.getAsLong());
    }
  }

  @Override
  public synchronized long waitNanos() {
    return inFlight ? Long.MAX_VALUE : Math.max(1, nextAt - nanos.getAsLong());
  }

  /** Calls in a second. */
  synchronized double rate() {
    return rate;
  }

  @Override
  public String text() {
    return "gentle, " + Math.round(rate()) + "/s";
  }
}
