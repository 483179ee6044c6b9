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
 * Whether the database is away, and who waits for a connection nevertheless: they are woken when it
 * is found to be, as no connection will come.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
  private static final String CONNECTION_FAILED = "08001"; // as SQLSTATE has it

  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
  private volatile @Nullable SQLException reason;

  /** Where connections come from; may wait for one. */
  @FunctionalInterface
  interface Connections {
    Connection take() throws SQLException;
  }

  /** Nobody answers at the database. */
  void begin(SQLException why) {
    if (reason == null) {
      LOG.warn("the database is away: {}", why.getMessage());
    }
    reason = why;
    waiters.forEach(Waiter::wake);
  }

  /** It answers, or has another reason not to. */
  void end() {
    if (reason != null) {
      LOG.info("the database answers again");
      reason = null;
    }
  }

  /**
   * Takes a connection unless the database is away, or is found to be away meanwhile.
   *
   * @throws SQLTransientConnectionException at once in that case
   */
  Connection take(Connections pool) throws SQLException {
    refuse();
    var waiter = new Waiter(Thread.currentThread());
    waiters.add(waiter);
    try {
      refuse(); // it may have begun before we could be woken
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

  /** A thread inside the pool, whose wait ends by interruption alone. */
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

    /** Called by the thread itself, which must not take our interruption anywhere else. */
    synchronized void leave() {
      left = true;
      if (woken) {
        Thread.interrupted();
      }
    }
  }
}
