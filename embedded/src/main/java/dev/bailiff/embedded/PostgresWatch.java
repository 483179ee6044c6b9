package dev.bailiff.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts a PostgreSQL that ended although nobody stopped it, at the same port on the same data,
 * and reports when restarts are of no use.
 *
 * <p>The watch is a connection that sends no query. The kernel closes the connection when the
 * server ends, so the watch notices the end at once without polling. ({@link ProcessHandle#onExit}
 * would not do. The server is a daemon and no child of this process. The JDK checks such a process
 * only once in five seconds and takes a process that nobody has reaped for alive.) A connection
 * that ends while the server runs on is opened again: PostgreSQL itself recovers from the crash of
 * one of its other processes.
 *
 * <p><b>Concurrency:</b> runs in a thread of its own; any thread may call {@link #close()}.
 */
public final class PostgresWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresWatch.class);

  /** A server that ends again after so many restarts within {@link #SPAN} is given up. */
  static final int RESTARTS = 3;

  private static final Duration SPAN = Duration.ofMinutes(1);

  /** How long a running server may refuse connections: after a crash it replays its log. */
  private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(5);

  private static final long RETRY_MILLIS = 100;

  private final EmbeddedPostgresServer server;
  private final Consumer<String> lost;
  private final Deque<Long> restarts = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Connection connection;

  private PostgresWatch(EmbeddedPostgresServer server, Consumer<String> lost) {
    this.server = server;
    this.lost = lost;
    this.thread = new Thread(this::run, "postgres-watch");
    thread.setDaemon(true);
  }

  /**
   * Watches a server that is started.
   *
   * @param lost receives one line for the person at the terminal when the server cannot be kept
   *     running; the watch has ended by then
   */
  public static PostgresWatch start(EmbeddedPostgresServer server, Consumer<String> lost) {
    var watch = new PostgresWatch(server, lost);
    watch.thread.start();
    return watch;
  }

  /**
   * Ends the watch. Call this method before stopping the server, or the watch restarts the server.
   */
  @Override
  public void close() {
    closed.countDown();
    abort(connection);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!isClosed()) {
        if (connected()) {
          awaitEnd();
        } else if (!isClosed()) {
          restart();
        }
      }
    } catch (EmbeddedServerException e) {
      if (!isClosed()) {
        lost.accept(e.getMessage());
      }
    }
  }

  /** Opens the connection; false if the server does not run, or the watch is closed. */
  private boolean connected() {
    long deadline = System.nanoTime() + RECOVERY_LIMIT.toNanos();
    while (!isClosed()) {
      try {
        connection =
            DriverManager.getConnection(
                server.jdbcUrl("postgres") + "?ApplicationName=bailiff-watch",
                server.user(),
                server.password());
        return true;
      } catch (SQLException e) {
        if (!server.isRunning()) {
          return false;
        }
        if (System.nanoTime() > deadline) {
          throw new EmbeddedServerException(
              server + " has not answered for " + RECOVERY_LIMIT + ": " + e.getMessage(), e);
        }
        pause();
      }
    }
    return false;
  }

  private void awaitEnd() {
    var open = connection;
    try {
      while (open != null && !isClosed()) {
        open.unwrap(PGConnection.class).getNotifications(0); // no limit: nobody sends any
      }
    } catch (SQLException e) {
      LOG.debug("the watching connection ended", e);
    } finally {
      connection = null;
      abort(open);
    }
  }

  private void restart() {
    long now = System.nanoTime();
    while (!restarts.isEmpty() && now - restarts.peek() > SPAN.toNanos()) {
      restarts.remove();
    }
    if (restarts.size() == RESTARTS) {
      throw new EmbeddedServerException(
          server
              + " ended "
              + (RESTARTS + 1)
              + " times within a minute; "
              + server.log()
              + " says why");
    }
    restarts.add(now);
    LOG.warn("{} ended although nobody stopped it, and is started again", server);
    server.restart();
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void pause() {
    try {
      if (closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.debug("the watch is closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }

  private static void abort(@Nullable Connection open) {
    try {
      if (open != null) {
        open.abort(Runnable::run);
      }
    } catch (SQLException e) {
      LOG.debug("the watching connection is closed already", e);
    }
  }
}
