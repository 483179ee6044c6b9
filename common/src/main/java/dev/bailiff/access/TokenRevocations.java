package dev.bailiff.access;

import dev.bailiff.duty.Pulse;
import dev.bailiff.log.LogPace;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears which operator tokens are revoked, wherever that happens, on one connection for as long as
 * this process runs. PostgreSQL tells it at the commit. Nothing is told while the connection is
 * away, so the tokens that are held are looked up after each connect, and every 10 s: that finds
 * those that have expired, too.
 */
public final class TokenRevocations implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TokenRevocations.class);
  private static final String LISTEN = "listen bailiff_revoked_tokens";
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final Duration LOOK_UP = Duration.ofSeconds(10);

  /** People make tokens by hand, so the table is small. */
  private static final String NOT_VALID =
      """
      select held.id from unnest(?::text[]) as held (id)
       where not exists (
             select from access.operator_token t
              where left(encode(t.token_sha256, 'hex'), 16) = held.id
                and (t.expires_at is null or t.expires_at > clock_timestamp()))
      """;

  private final DataSource source;
  private final Supplier<? extends Collection<String>> held;
  private final Consumer<String> revoked;
  private final Pulse pulse = new Pulse("the listener to revoked tokens");
  private final LogPace lost = new LogPace();
  private volatile boolean closed;
  private volatile @Nullable Connection connection;

  /**
   * @param source of a connection that no pool takes back
   * @param held ids of the tokens with which something runs
   * @param revoked called on the listener's thread with the id of a token that is not valid any
   *     more, maybe several times; must not block
   */
  public TokenRevocations(
      DataSource source, Supplier<? extends Collection<String>> held, Consumer<String> revoked) {
    this.source = source;
    this.held = held;
    this.revoked = revoked;
  }

  @Override
  public void run() {
    while (!closed) {
      try (var opened = source.getConnection()) {
        connection = opened;
        follow(opened);
      } catch (SQLException | RuntimeException | Error e) {
        // The outermost loop: nobody would notice the end of its thread.
        if (!closed) {
          pulse.failed(e);
          long times = lost.due();
          if (times > 0) {
            LOG.warn("revoked tokens are not heard of now ({} times): {}", times, e.toString());
          }
        }
        pause();
      } finally {
        connection = null;
        pulse.end();
      }
    }
  }

  /** The current fault of this listener; empty if it has none. */
  public Optional<String> complaint() {
    return pulse.complaint();
  }

  private void follow(Connection opened) throws SQLException {
    var told = opened.unwrap(PGConnection.class);
    try (var statement = opened.createStatement()) {
      statement.execute(LISTEN);
    }
    lookUp(opened);
    long lookedUp = System.nanoTime();
    while (!closed) {
      pulse.begin();
      var notes = told.getNotifications((int) WAIT.toMillis());
      if (notes != null) {
        for (var note : notes) {
          revoked.accept(note.getParameter());
        }
      }
      if (System.nanoTime() - lookedUp > LOOK_UP.toNanos()) {
        lookUp(opened);
        lookedUp = System.nanoTime();
      }
      pulse.end();
    }
  }

  /** Also tells whether the connection still is one: a silent end would not show otherwise. */
  private void lookUp(Connection opened) throws SQLException {
    var ids = held.get();
    try (var statement = opened.prepareStatement(NOT_VALID)) {
      statement.setArray(1, opened.createArrayOf("text", ids.toArray()));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          revoked.accept(rows.getString("id"));
        }
      }
    }
  }

  private synchronized void pause() {
    try {
      if (!closed) {
        wait(WAIT.toMillis());
      }
    } catch (InterruptedException e) {
      // Only close() ends this loop; an interrupt that some other code left behind must not end it.
      LOG.debug("interrupted, and goes on");
    }
  }

  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      notifyAll();
    }
    var open = connection;
    if (open != null) {
      try {
        open.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.debug("the connection was closed already", e);
      }
    }
  }
}
