package dev.bailiff.homeserver.pace;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Changes that wait for their turn of a pace, in the order in which they came: the items of a batch
 * count only up to the first one that is open. Thread-safe.
 */
public final class TurnQueue {
  private final Pace pace;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Object> waiting = new ArrayDeque<>();

  public TurnQueue(Pace pace, LongSupplier nanos) {
    this.pace = pace;
    this.nanos = nanos;
  }

  /**
   * Waits for a turn.
   *
   * @param end time of the clock at which the wait ends
   * @return empty if there was no turn by then
   */
  public Optional<Pace.Turn> await(long end) {
    var self = new Object();
    lock.lock();
    try {
      waiting.add(self);
      while (true) {
        boolean first = waiting.peek() == self;
        if (first) {
          var turn = pace.tryTurn();
          if (turn.isPresent()) {
            return turn.map(this::signalling);
          }
        }
        long left = end - nanos.getAsLong();
        if (left <= 0) {
          return Optional.empty();
        }
        long wait = first ? Math.min(left, pace.waitNanos()) : left;
        if (!changed.await(wait, TimeUnit.NANOSECONDS) && nanos.getAsLong() - end >= 0) {
          return Optional.empty();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HomeserverUnavailableException("interrupted", e);
    } finally {
      waiting.remove(self);
      changed.signalAll();
      lock.unlock();
    }
  }

  private Pace.Turn signalling(Pace.Turn turn) {
    return overloaded -> {
      turn.end(overloaded);
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    };
  }
}
