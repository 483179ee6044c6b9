package dev.bailiff.benchmark.data;

import java.sql.Connection;
import java.sql.SQLException;

/** Jobs that have not ended. */
public final class OpenJobs {
  private static final long LOOK_MILLIS = 5;

  private static final String OPEN =
      "select exists (select from jobs.job where status in ('scheduled', 'active'))::integer";

  private OpenJobs() {}

  /**
   * Checks again and again until no job is open.
   *
   * @return the number of checks, each in a transaction
   */
  public static long awaitNone(Connection connection) throws SQLException, InterruptedException {
    long looks = 1;
    while (Queries.number(connection, OPEN) != 0) {
      Thread.sleep(LOOK_MILLIS);
      looks++;
    }
    return looks;
  }
}
