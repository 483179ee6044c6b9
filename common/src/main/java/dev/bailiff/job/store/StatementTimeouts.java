package dev.bailiff.job.store;

import java.time.Duration;
import org.jdbi.v3.core.Handle;

/**
 * Bounds on statements, locks and idle time of one transaction. Set with {@code set local}: a
 * pooler between us and PostgreSQL may give each transaction another session.
 */
public final class StatementTimeouts {
  private StatementTimeouts() {}

  /**
   * Bounds the transaction that is open on the handle. A worker that is stopped inside it loses its
   * locks after the time.
   */
  public static void setLocal(Handle handle, Duration timeout) {
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
