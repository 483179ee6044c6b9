package dev.bailiff.worker.consume;

import com.google.common.base.Throwables;
import dev.bailiff.job.JobStoreException;
import dev.bailiff.job.store.StoreCalls;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the slots of this worker whether they may take commands. While the store is away, the slots
 * leave their share groups. Then commands go to workers that reach the store, and no delivery is
 * wasted: Kafka drops a command after its fifth delivery.
 */
public final class StoreGate {
  private static final Logger LOG = LoggerFactory.getLogger(StoreGate.class);

  /** Time for the other slots to leave, before the command in hand is given up. */
  private static final Duration LEAVING = Duration.ofMillis(300);

  private final Runnable ping;
  private final List<Runnable> slots = new CopyOnWriteArrayList<>();
  private volatile boolean closed;
  private String silence = "";

  /**
   * @param ping asks the store, and throws if it does not answer; waits for a connection, but no
   *     longer than the pool allows
   */
  public StoreGate(Runnable ping) {
    this.ping = ping;
  }

  /** Calls {@code leave} whenever the gate closes. */
  void onClose(Runnable leave) {
    slots.add(leave);
  }

  /**
   * Has all slots leave because the store is away. Returns after a short wait in which they leave.
   */
  synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    LOG.warn("the store is away: this worker takes no commands until it answers");
    slots.forEach(Runnable::run);
    long end = System.nanoTime() + LEAVING.toNanos();
    try {
      for (long left = LEAVING.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Whether commands may be taken. While the gate is closed, this method asks the store, one thread
   * at a time.
   */
  boolean isOpen() {
    return !closed || opens();
  }

  private synchronized boolean opens() {
    if (closed && answers()) {
      closed = false;
      LOG.info("the store answers again: this worker takes commands");
    }
    return !closed;
  }

  /** The pool reports only a timeout. Its cause has the reason, which is logged when it changes. */
  private boolean answers() {
    try {
      StoreCalls.run(ping);
      silence = "";
      return true;
    } catch (JobStoreException e) {
      var reason = String.valueOf(Throwables.getRootCause(e).getMessage());
      if (!reason.equals(silence)) {
        LOG.warn("the store does not answer: {}", reason);
        silence = reason;
      }
      return false;
    }
  }
}
