package dev.bailiff.homeserver.store.pace;

import dev.bailiff.homeserver.pace.LatencyProbe;
import dev.bailiff.homeserver.pace.Pace;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * One batch at a time, for as much of the time as reads allow. The share is that part: behind a
 * batch of 0.5 s at a share of 0.25, nothing runs for 1.5 s.
 *
 * <p>It begins low. After each change it stays until the reads since then tell whether they are
 * slow: about a second. It grows by a tenth while they are quick and batches wait for it, and is
 * cut to 0.7 of it while they are slow, and at once when a batch meets a time-out of the database.
 * A cut takes more than a growth gives, so it settles where few reads are slow.
 */
final class GentleBatches implements Pace {
  /** At a smaller share a job would hardly move because of somebody else's load. */
  private static final double LEAST = 0.1;

  private static final double FIRST = 0.25;

  private static final double CUT = 0.7;
  private static final double GROWTH = 1.1;

  /** Reads that are so rare are slow, too. */
  private static final long NOTHING_HEARD = Duration.ofSeconds(3).toNanos();

  private final LongFunction<LatencyProbe.Finding> readsSince;
  private final LongSupplier nanos;
  private double share = FIRST;
  private boolean isBusy;
  private long restsUntil;
  private long changedAt;
  private boolean batchesWaited;

  /**
   * @param readsSince whether users have waited noticeably longer since a time than on an idle
   *     database
   * @param nanos the clock
   */
  GentleBatches(LongFunction<LatencyProbe.Finding> readsSince, LongSupplier nanos) {
    this.readsSince = readsSince;
    this.nanos = nanos;
    this.changedAt = nanos.getAsLong();
    this.restsUntil = changedAt;
  }

  @Override
  public synchronized Optional<Turn> tryTurn() {
    long now = nanos.getAsLong();
    adjust(now);
    if (isBusy || now - restsUntil < 0) {
      batchesWaited = true;
      return Optional.empty();
    }
    isBusy = true;
    return Optional.of(overloaded -> end(now, overloaded));
  }

  private void adjust(long now) {
    var reads = readsSince.apply(changedAt);
    boolean nothingHeard =
        reads == LatencyProbe.Finding.UNKNOWN && now - changedAt >= NOTHING_HEARD;
    if (reads == LatencyProbe.Finding.SLOW || nothingHeard) {
      cut(now);
    } else if (reads == LatencyProbe.Finding.QUICK && batchesWaited) {
      change(Math.min(1, share * GROWTH), now);
    }
  }

  private void cut(long now) {
    change(Math.max(LEAST, share * CUT), now);
  }

  private void change(double to, long now) {
    share = to;
    changedAt = now;
    batchesWaited = false;
  }

  private synchronized void end(long begun, boolean overloaded) {
    long now = nanos.getAsLong();
    isBusy = false;
    if (overloaded) {
      cut(now);
    }
    restsUntil = now + (long) ((now - begun) * (1 / share - 1));
  }

  @Override
  public synchronized long waitNanos() {
    return isBusy ? Long.MAX_VALUE : Math.max(1, restsUntil - nanos.getAsLong());
  }

  /** The part of the time in which a batch runs. */
  synchronized double share() {
    return share;
  }

  @Override
  public String text() {
    return "gentle, a batch for " + Math.round(100 * share()) + " % of the time";
  }
}
