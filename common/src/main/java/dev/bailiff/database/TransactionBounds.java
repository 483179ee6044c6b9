package dev.bailiff.database;

import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * How long a transaction may wait for a lock, run a statement, and be idle. The last bound frees
 * the locks of a process that is stopped inside a transaction.
 *
 * <p>The bounds are set in the transaction and apply to it alone, as a pooler between us and
 * PostgreSQL may give each transaction another session.
 *
 * @param lock PostgreSQL's {@code lock_timeout}
 * @param statement PostgreSQL's {@code statement_timeout}
 * @param idle PostgreSQL's {@code idle_in_transaction_session_timeout}
 */
public record TransactionBounds(Duration lock, Duration statement, Duration idle) {
  private static final String SET =
      """
      select set_config('lock_timeout', ?, true), set_config('statement_timeout', ?, true),
             set_config('idle_in_transaction_session_timeout', ?, true)
      """;

  private static final String SET_WITH_KEPT_PLANS =
      SET + ", set_config('plan_cache_mode', 'force_generic_plan', true)";

  /** Bounds that are all equal. */
  public static TransactionBounds of(Duration all) {
    return new TransactionBounds(all, all, all);
  }

  /**
   * Sets the bounds for the open transaction. It bypasses JDBI, which would take most of the time
   * of this small statement, in every transaction.
   *
   * @throws UnableToExecuteStatementException as for any statement
   */
  public void set(Handle handle) {
    set(handle, SET);
  }

  /**
   * Sets the bounds and makes PostgreSQL use its cached plans, which are made for arrays of ten. By
   * default PostgreSQL plans each statement with a shorter array anew, and that takes half of its
   * processor time for a job of one user.
   */
  public void setWithKeptPlans(Handle handle) {
    set(handle, SET_WITH_KEPT_PLANS);
  }

  private void set(Handle handle, String sql) {
    try (var prepared = handle.getConnection().prepareStatement(sql)) {
      prepared.setString(1, millis(lock));
      prepared.setString(2, millis(statement));
      prepared.setString(3, millis(idle));
      prepared.execute();
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException("the transaction's bounds", e, null);
    }
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
