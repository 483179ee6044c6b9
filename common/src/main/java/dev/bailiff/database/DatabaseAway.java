package dev.bailiff.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/**
 * Errors that say that the database cannot answer any statement now: it is down, going down, coming
 * up, or out of connections, memory or disk.
 */
public final class DatabaseAway {

  private DatabaseAway() {}

  /**
   * Whether an error says that the database is away: class 08 (connection), 53 (resources), 57P
   * (shutdown, start), no SQL state at all, or no connection from the pool. A time-out of a
   * statement or a lock (57014, 55P03) does not count: it may be the statement's own fault.
   */
  public static boolean says(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof SQLTransientConnectionException) {
        return true; // the pool had no connection left
      }
      if (e instanceof SQLException sql) {
        var state = sql.getSQLState();
        return state == null
            || state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("57P");
      }
    }
    return false;
  }
}
