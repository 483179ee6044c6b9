package dev.bailiff.job.store;

import dev.bailiff.database.TransactionBounds;
import java.time.Duration;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/** The store's transactions, bounded. */
final class StatementTimeouts {
  private StatementTimeouts() {}

  /**
   * Runs the work in the transaction that is open on this thread, which has bounds already, or in a
   * transaction of its own with these bounds.
   */
  static <R> R inTransaction(
      Jdbi jdbi, Duration timeout, HandleCallback<R, RuntimeException> work) {
    return jdbi.withHandle(
        handle ->
            handle.isInTransaction()
                ? work.withHandle(handle)
                : handle.inTransaction(
                    begun -> {
                      TransactionBounds.of(timeout).set(begun);
                      return work.withHandle(begun);
                    }));
  }
}
