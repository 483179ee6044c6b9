package dev.bailiff.worker.run;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a store that may be away for a moment. */
final class PatientStore {
  private static final Logger LOG = LoggerFactory.getLogger(PatientStore.class);

  private final Duration wait;
  private final RetryPolicy retries;

  /**
   * @param wait how long it is asked, well within the lock of the command
   */
  PatientStore(Duration wait, RetryPolicy retries) {
    this.wait = wait;
    this.retries = retries;
  }

  /**
   * Asks until there is an answer. Empty if there was none in time: the command is accepted all the
   * same, as the lease runs out by itself and the store publishes again.
   */
  <T> Optional<T> ask(Supplier<T> question) {
    long end = System.nanoTime() + wait.toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        return Optional.of(question.get());
      } catch (JdbiException e) {
        var pause = retries.delay(attempt);
        if (System.nanoTime() + pause.toNanos() > end || !slept(pause)) {
          LOG.warn("the store did not answer: {}", e.toString());
          return Optional.empty();
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
