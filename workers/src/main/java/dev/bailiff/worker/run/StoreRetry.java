package dev.bailiff.worker.run;

import dev.bailiff.job.JobStoreException;
import dev.bailiff.job.JobStoreException.Reach;
import dev.bailiff.job.store.StoreCalls;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the store again and again until it answers, because it may be away for a moment. */
final class StoreRetry {
  private static final Logger LOG = LoggerFactory.getLogger(StoreRetry.class);

  private final Duration wait;
  private final RetryPolicy retries;

  /**
   * @param wait how long to go on calling; well within the lock of the command
   */
  StoreRetry(Duration wait, RetryPolicy retries) {
    this.wait = wait;
    this.retries = retries;
  }

  /**
   * Calls until the store answers. Only for calls that may be made twice.
   *
   * @throws CommandOpenException if the store did not answer in time
   */
  <T> T call(Supplier<T> call) {
    return call(call, true);
  }

  /**
   * Calls until the call has arrived. For calls that must not be made again when their answer was
   * lost: a worker that takes a lease twice holds the first one without knowing it.
   *
   * @throws CommandOpenException if the call never arrived, or its answer was lost
   */
  <T> T once(Supplier<T> call) {
    return call(call, false);
  }

  private <T> T call(Supplier<T> call, boolean repeatable) {
    long end = System.nanoTime() + wait.toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        return StoreCalls.call(call);
      } catch (JobStoreException e) {
        var pause = retries.delay(attempt);
        boolean again = repeatable || e.reach() != Reach.UNKNOWN;
        if (!again || System.nanoTime() + pause.toNanos() > end || !slept(pause)) {
          LOG.warn("the store did not answer: {}", e.toString());
          throw new CommandOpenException(
              "the store did not answer: " + e.getMessage(), e.reach() == Reach.NOT_SENT, e);
        }
      }
    }
  }

  private static boolean slept(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
