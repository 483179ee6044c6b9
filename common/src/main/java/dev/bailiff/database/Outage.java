package dev.bailiff.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the database is away, and which threads wait for a connection. When an outage
 * begins, it wakes these threads, as no connection will come.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
  private static final String CONNECTION_FAILED = "08001"; // the SQLSTATE

  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
  private volatile @Nullable SQLException reason;

  /** A source of connections; may wait for one. */
  @FunctionalInterface
  interface Connections {
    Connection take() throws SQLException;
  }

  /** Notes that the database does not answer. */
  void begin(SQLException why) {
    if (reason == null) {
      LOG.warn("the database is away: {}", why.getMessage());
    }
    reason = why;
    waiters.forEach(Waiter::wake);
  }

  /** Notes that the database answers, or fails for another reason. */
  void end() {
    if (reason != null) {
      LOG.info("the database answers again");
      reason = null;
    }
  }

  /**
   * Takes a connection unless the database is away, or goes away during the wait.
   *
   * @throws SQLTransientConnectionException at once if the database is away
   */
  Connection take(Connections pool) throws SQLException {
    refuse();
    var waiter = new Waiter(Thread.currentThread());
    waiters.add(waiter);
    try {
      refuse(); // the outage may have begun before this thread was registered
      return pool.take();
    } catch (SQLException e) {
      if (waiter.isWoken()) {
        refuse();
      }
      throw e;
    } finally {
      waiters.remove(waiter);
      waiter.leave();
    }
  }

  private void refuse() throws SQLTransientConnectionException {
    var why = reason;
    if (why != null) {
      throw new SQLTransientConnectionException(
          "the database is away: " + why.getMessage(), CONNECTION_FAILED, why);
    }
  }

  /** A thread inside the pool, whose wait only an interruption ends. */
  private static final class Waiter {
    private final Thread thread;
    private boolean woken;
    private boolean left;

    Waiter(Thread thread) {
      this.thread = thread;
    }

    synchronized void wake() {
      if (!left && !woken) {
        woken = true;
        thread.interrupt();
      }
    }

    synchronized boolean isWoken() {
      return woken;
    }

    /** Called by the waiting thread itself, which must not carry our interruption elsewhere. */
    synchronized void leave() {
      left = true;
      if (woken) {
        Thread.interrupted();
      }
    }
  }
}
