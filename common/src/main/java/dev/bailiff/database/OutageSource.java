package dev.bailiff.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Makes the connections of a {@link FailFastPool}, on the one thread that the pool has for this.
 * While the database does not answer, the source repeats its attempt, so that it notices the end of
 * the outage within a second. The pool alone would wait up to five seconds between two attempts.
 */
final class OutageSource extends PGSimpleDataSource {
  private static final long serialVersionUID = 1L;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  private final transient Outage outage = new Outage();
  private final transient CountDownLatch closed = new CountDownLatch(1);

  Outage outage() {
    return outage;
  }

  /** Ends a running attempt. */
  void close() {
    closed.countDown();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        var connection = super.getConnection(user, password);
        outage.end();
        return connection;
      } catch (SQLException e) {
        if (DatabaseFault.of(e).filter(DatabaseFault.AWAY::equals).isEmpty()) {
          outage.end();
          throw e;
        }
        outage.begin(e);
        if (isClosedWithin(pause)) {
          throw e;
        }
        pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
      }
    }
  }

  private boolean isClosedWithin(long millis) {
    try {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
