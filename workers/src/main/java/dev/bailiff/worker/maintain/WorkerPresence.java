package dev.bailiff.worker.maintain;

import dev.bailiff.duty.Duty;
import dev.bailiff.job.store.WorkerRegister;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people that this worker is there, and how fast it works (decision 0071). A worker that does
 * nothing writes nothing but once an hour: the leader of the duties sees in Kafka that it is there.
 *
 * <p><b>Concurrency:</b> for one thread, but {@code items}.
 */
public final class WorkerPresence implements Duty {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerPresence.class);

  /** A row that was lost, as with a database that was restored, comes back after this time. */
  private static final Duration AGAIN = Duration.ofHours(1);

  private final WorkerRegister register;
  private final WorkerRegister.Entry self;
  private final LongAdder items;
  private final LongSupplier nanoTime;
  private final long started;
  private boolean isEntered;
  private boolean works;
  private long enteredAt;
  private long lookedAt;

  /**
   * @param items counts what this worker does; read and reset here
   * @param nanoTime as of {@link System#nanoTime()}
   */
  public WorkerPresence(
      WorkerRegister register, WorkerRegister.Entry self, LongAdder items, LongSupplier nanoTime) {
    this.register = register;
    this.self = self;
    this.items = items;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
    this.lookedAt = started;
  }

  @Override
  public boolean runOnce() {
    long now = nanoTime.getAsLong();
    double rate = items.sumThenReset() / seconds(now - lookedAt);
    lookedAt = now;
    boolean worked = works;
    works = rate > 0;
    if (!isEntered || now - enteredAt > AGAIN.toNanos()) {
      register.enter(self, Duration.ofNanos(now - started), rate);
      isEntered = true;
      enteredAt = now;
    } else if (works || worked) {
      isEntered = register.worked(self.name(), rate);
    }
    return false;
  }

  /** Takes this worker off the list, as a duty that is done once. */
  boolean leave() {
    try {
      register.leave(self.name());
    } catch (RuntimeException e) {
      LOG.info("this worker stays on the list for a day, as the store is away: {}", e.toString());
    }
    return false;
  }

  private static double seconds(long nanos) {
    return Math.max(nanos, 1) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
