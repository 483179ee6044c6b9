package dev.bailiff.homeserver.synapse.task;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.synapse.api.TaskCalls;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Starts tasks of Synapse while fewer than a given number run or wait there, whoever started them.
 *
 * <p>Synapse itself is asked, as several processes start tasks. The batches of this process ask in
 * turn: so the number is exact for them, and those behind the first one cost Synapse nothing.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class TaskSlots {
  private final TaskCalls tasks;
  private final int most;
  private final Semaphore room;
  private final Semaphore turn = new Semaphore(1, true);
  private final Semaphore ended = new Semaphore(0);

  TaskSlots(TaskCalls tasks, int most) {
    this.tasks = tasks;
    this.most = most;
    this.room = new Semaphore(most);
  }

  /** Whether so many batches of this process wait that another one had better come later. */
  boolean isCrowded() {
    return room.availablePermits() == 0;
  }

  /**
   * Starts a task as soon as there is a free slot.
   *
   * @param end when to give up, of {@link System#nanoTime()}
   * @return empty if there was no slot, and nothing was started
   */
  <T> Optional<T> start(long end, Supplier<T> start) {
    if (!room.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return startInTurn(end, start);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HomeserverUnavailableException("interrupted", e);
    } finally {
      room.release();
    }
  }

  private <T> Optional<T> startInTurn(long end, Supplier<T> start) throws InterruptedException {
    if (!turn.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      return Optional.empty();
    }
    try {
      while (true) {
        ended.drainPermits();
        if (tasks.open() < most) {
          return Optional.of(start.get());
        }
        if (System.nanoTime() >= end) {
          return Optional.empty();
        }
        ended.tryAcquire(TaskPauses.SLOT_POLL_MILLIS, TimeUnit.MILLISECONDS);
      }
    } finally {
      turn.release();
    }
  }

  /** Says that a task of this process has ended, so that a slot may be free. */
  void taskEnded() {
    ended.release();
  }
}
