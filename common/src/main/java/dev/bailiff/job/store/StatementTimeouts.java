package dev.bailiff.job.store;

import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * Bounds on statements, locks and idle time of the store's transactions: a process that is stopped
 * inside one loses its locks after the time. Set with {@code set local}, as a pooler between us and
 * PostgreSQL may give each transaction another session.
 */
final class StatementTimeouts {
  private StatementTimeouts() {}

  /**
   * Runs the work in the transaction that is open on this thread, which has bounds already, or in
   * one of its own with these.
   */
  static <R> R inTransaction(
      Jdbi jdbi, Duration timeout, HandleCallback<R, RuntimeException> work) {
    return jdbi.withHandle(
        handle ->
            handle.isInTransaction()
                ? work.withHandle(handle)
                : handle.inTransaction(
                    begun -> {
                      setLocal(begun, timeout);
                      return work.withHandle(begun);
                    }));
  }

  private static void setLocal(Handle handle, Duration timeout) {
    handle
        .createQuery(
            """
            select set_config('lock_timeout', :millis, true) || set_config('statement_timeout', :millis, true)
                || set_config('idle_in_transaction_session_timeout', :millis, true)
            """)
        .bind("millis", Long.toString(timeout.toMillis()))
        .mapTo(String.class)
        .one();
  }
}
