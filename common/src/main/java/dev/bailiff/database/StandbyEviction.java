package dev.bailiff.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Lets the pool forget a connection over which a write was refused as read-only. The server behind
 * that connection has become a standby, and would refuse every further write. The next connection
 * is opened by the URL, which leads to the primary.
 *
 * <p>The class and its constructor are public, as the pool instantiates it by its name.
 */
public final class StandbyEviction implements SQLExceptionOverride {
  private static final String READ_ONLY_SQL_TRANSACTION = "25006";

  /** For the pool. */
  public StandbyEviction() {}

  @java.lang.Override // the other Override is an enum of the pool
  public Override adjudicate(SQLException error) {
    return READ_ONLY_SQL_TRANSACTION.equals(error.getSQLState())
        ? Override.MUST_EVICT
        : Override.CONTINUE_EVICT;
  }
}
