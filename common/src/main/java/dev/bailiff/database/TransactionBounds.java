package dev.bailiff.database;

import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * How long a transaction may wait for a lock, work at a statement, and do nothing: a process that
 * is stopped inside one loses its locks after the last of them.
 *
 * <p>The bounds are set in the transaction and for it alone, as a pooler between us and PostgreSQL
 * may give each transaction another session.
 *
 * @param lock PostgreSQL's {@code lock_timeout}
 * @param statement its {@code statement_timeout}
 * @param idle its {@code idle_in_transaction_session_timeout}
 */
public record TransactionBounds(Duration lock, Duration statement, Duration idle) {
  private static final String SET =
      """
      select set_config('lock_timeout', ?, true), set_config('statement_timeout', ?, true),
             set_config('idle_in_transaction_session_timeout', ?, true)
      """;

  private static final String SET_WITH_KEPT_PLANS =
      SET + ", set_config('plan_cache_mode', 'force_generic_plan', true)";

  /** The same for all three. */
  public static TransactionBounds of(Duration all) {
    return new TransactionBounds(all, all, all);
  }

  /**
   * Sets them for the transaction that is open. Past JDBI, whose share of so small a statement is
   * most of it, in every transaction.
   *
   * @throws UnableToExecuteStatementException as for any statement
   */
  public void set(Handle handle) {
    set(handle, SET);
  }

  /**
   * The same, and PostgreSQL uses the plans that it keeps, which are made for arrays of ten. Left
   * to itself it plans each statement with a shorter array anew, which is half of the processor
   * time that it spends on a job of one user.
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
