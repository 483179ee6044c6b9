package dev.bailiff.worker.run;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a store that may be away for a moment. */
final class PatientStore {
  private static final Logger LOG = LoggerFactory.getLogger(PatientStore.class);

  /** Classes of SQL states: a transaction that was rolled back; a lock that was not to be had. */
  private static final String ROLLED_BACK = "40";

  private static final String IN_USE = "55";

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
   * Asks until there is an answer: what may be asked twice.
   *
   * @throws CommandOpenException if there was none in time
   */
  <T> T ask(Supplier<T> question) {
    return ask(question, true);
  }

  /**
   * Asks until the question has arrived: what may not be asked again if its answer was lost.
   * Whoever takes a lease twice holds the first one without knowing.
   *
   * @throws CommandOpenException if it never arrived, or its answer was lost
   */
  <T> T once(Supplier<T> question) {
    return ask(question, false);
  }

  private <T> T ask(Supplier<T> question, boolean repeatable) {
    long end = System.nanoTime() + wait.toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        return question.get();
      } catch (JdbiException e) {
        var pause = retries.delay(attempt);
        boolean again = repeatable || isUndone(e);
        if (!again || System.nanoTime() + pause.toNanos() > end || !slept(pause)) {
          LOG.warn("the store did not answer: {}", e.toString());
          throw new CommandOpenException(
              "the store did not answer: " + e.getMessage(), e instanceof ConnectionException, e);
        }
      }
    }
  }

  /** Whether nothing of it can have been committed: not sent, or rolled back by the server. */
  private static boolean isUndone(JdbiException e) {
    return e instanceof ConnectionException
        || e.getCause() instanceof SQLException sql
            && sql.getSQLState() != null
            && (sql.getSQLState().startsWith(ROLLED_BACK) || sql.getSQLState().startsWith(IN_USE));
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
