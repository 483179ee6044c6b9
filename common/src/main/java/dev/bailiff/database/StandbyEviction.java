package dev.bailiff.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Lets the pool forget a connection over which a write was refused as read-only: behind it is a
 * server that has become a standby, and it would refuse every write as long as the connection
 * lives. The next connection is opened by the URL, which leads to the primary.
 *
 * <p>Public, with a public constructor, as the pool makes it by its name.
 */
public final class StandbyEviction implements SQLExceptionOverride {
  private static final String READ_ONLY_SQL_TRANSACTION = "25006";

  /** For the pool. */
  public StandbyEviction() {}

  @java.lang.Override // the other Override is the pool's
  public Override adjudicate(SQLException error) {
    return READ_ONLY_SQL_TRANSACTION.equals(error.getSQLState())
        ? Override.MUST_EVICT
        : Override.CONTINUE_EVICT;
  }
}
