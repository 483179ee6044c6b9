package dev.bailiff.worker.consume;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the slots of this worker may take commands. While the store is away they leave their
 * groups, so that commands go to workers that reach it, and none is delivered in vain: Kafka drops
 * a command after its fifth delivery.
 */
public final class StoreGate {
  private static final Logger LOG = LoggerFactory.getLogger(StoreGate.class);

  /** In which the others leave, before the command in hand is given up. */
  private static final Duration LEAVING = Duration.ofMillis(300);

  private final BooleanSupplier storeAnswers;
  private final List<Runnable> slots = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /**
   * @param storeAnswers asks the store; waits for a connection within the pool's bound
   */
  public StoreGate(BooleanSupplier storeAnswers) {
    this.storeAnswers = storeAnswers;
  }

  /** Calls {@code leave} whenever the gate closes. */
  void onClose(Runnable leave) {
    slots.add(leave);
  }

  /** The store is away: all slots leave. Returns when they have had a moment to do so. */
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
   * Whether commands may be taken. While it is closed this asks the store, one thread at a time.
   */
  boolean isOpen() {
    return !closed || opens();
  }

  private synchronized boolean opens() {
    if (closed && storeAnswers.getAsBoolean()) {
      closed = false;
      LOG.info("the store answers again: this worker takes commands");
    }
    return !closed;
  }
}
