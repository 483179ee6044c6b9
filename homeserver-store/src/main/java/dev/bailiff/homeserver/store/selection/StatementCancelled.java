package dev.bailiff.homeserver.store.selection;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells whether PostgreSQL ended a statement because its time was over. */
final class StatementCancelled {
  private static final String QUERY_CANCELED = "57014";

  private StatementCancelled() {}

  static boolean says(@Nullable Throwable thrown) {
    for (var e = thrown; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql) {
        return QUERY_CANCELED.equals(sql.getSQLState());
      }
    }
    return false;
  }
}
