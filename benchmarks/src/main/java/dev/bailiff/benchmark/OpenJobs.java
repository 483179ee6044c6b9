package dev.bailiff.benchmark;

import java.sql.Connection;
import java.sql.SQLException;

/** Jobs that have not ended. */
final class OpenJobs {
  private static final long LOOK_MILLIS = 5;

  private static final String OPEN =
      "select exists (select from jobs.job where status in ('scheduled', 'active'))::integer";

  private OpenJobs() {}

  /** Looks until there are none. */
  static void awaitNone(Connection connection) throws SQLException, InterruptedException {
    while (Queries.number(connection, OPEN) != 0) {
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
