package dev.bailiff.homeserver.synapse.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseAway;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * Connections to Synapse's database. The first use connects.
 *
 * <p><b>Session:</b> {@code enable_seqscan} is off, so that no statement reads a whole table of a
 * live server, and {@code jit} is off, since a compilation takes longer than a batch. A statement
 * waits 2 s for a lock and runs for 5 s at most.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class SynapseDatabase implements AutoCloseable {
  private static final String SESSION =
      """
      set search_path = public;
      set jit = off;
      set enable_seqscan = off;
      set lock_timeout = '2s';
      set statement_timeout = '5s';
      set default_transaction_isolation = 'read committed'""";

  /** One page after another is read by key; a join of whole tables would never pay. */
  private static final String READ_ONLY =
      """
      ;
      set enable_hashjoin = off;
      set enable_mergejoin = off;
      set default_transaction_read_only = on""";

  /** The first key of the advisory locks; the second one is the number of a slot. */
  private static final int LOCKS = 0x6261696c;

  /** Connections beside those of the slots, for checks and counts. */
  private static final int OTHER_CONNECTIONS = 2;

  private static final Duration WAIT = Duration.ofSeconds(3);

  /** Cancelled by a time-out, lock not available, deadlock, serialization. */
  private static final Set<String> BUSY = Set.of("57014", "55P03", "40P01", "40001");

  /**
   * Rejected connection (no password was given), wrong password, no database of this name, and no
   * right or no table of this name.
   */
  private static final List<String> REFUSED = List.of("08004", "28", "3D", "42");

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final int slots;

  private SynapseDatabase(HikariDataSource pool, int slots) {
    this.pool = pool;
    this.jdbi = Database.jdbi(pool);
    this.slots = slots;
  }

  /**
   * Opens a pool that changes rows, without connecting.
   *
   * @param slots number of connections for {@link #inSlot}, over all workers together
   */
  public static SynapseDatabase open(SynapseDatabaseConfig config, int slots) {
    return open(config, slots, "purge", SESSION);
  }

  /** Opens a pool that cannot change anything, without connecting. */
  public static SynapseDatabase openToRead(SynapseDatabaseConfig config) {
    return open(config, 0, "media", SESSION + READ_ONLY);
  }

  private static SynapseDatabase open(
      SynapseDatabaseConfig config, int slots, String purpose, String session) {
    config.refuseSecrets();
    var hikari = new HikariConfig();
    hikari.setPoolName("synapse-" + purpose);
    hikari.setJdbcUrl(config.url());
    hikari.setUsername(config.user());
    hikari.setPassword(config.secret());
    hikari.setMaximumPoolSize(slots + OTHER_CONNECTIONS);
    hikari.setMinimumIdle(0);
    hikari.setIdleTimeout(Duration.ofSeconds(30).toMillis());
    hikari.setConnectionTimeout(WAIT.toMillis());
    hikari.setInitializationFailTimeout(-1);
    hikari.setConnectionInitSql(session);
    hikari.addDataSourceProperty("connectTimeout", "3");
    hikari.addDataSourceProperty("socketTimeout", "15");
    hikari.addDataSourceProperty("tcpKeepAlive", "true");
    hikari.addDataSourceProperty("ApplicationName", "bailiff-" + purpose);
    return new SynapseDatabase(new HikariDataSource(hikari), slots);
  }

  /**
   * Runs statements on one connection.
   *
   * @throws HomeserverUnavailableException if the database is away
   * @throws BusyException if a statement had to wait too long
   */
  public <T> T run(Function<Handle, T> work) {
    return translated(() -> jdbi.withHandle(work::apply));
  }

  /**
   * Runs work on a connection that holds one of the slots. The slots are advisory locks in this
   * database, so all workers share them. A connection that breaks gives its slot back.
   *
   * @return empty if no slot is free
   */
  public <T> Optional<T> inSlot(Function<Handle, T> work) {
    return run(
        handle -> {
          for (int slot = 0; slot < slots; slot++) {
            if (lock(handle, slot)) {
              try {
                return Optional.of(work.apply(handle));
              } finally {
                unlock(handle, slot);
              }
            }
          }
          return Optional.empty();
        });
  }

  /** Runs statements in a transaction on a connection of {@link #run} or {@link #inSlot}. */
  public static <T> T inTransaction(Handle handle, Function<Handle, T> work) {
    return translated(
        () -> handle.inTransaction(TransactionIsolationLevel.READ_COMMITTED, work::apply));
  }

  /**
   * The reason why the server refuses the role or has no such database; null if it is another
   * error. A refusal does not end by waiting. The innermost error is the server's own; the pool
   * puts its words around it.
   */
  public static @Nullable String refusal(Throwable thrown) {
    String refusal = null;
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql && sql.getSQLState() != null) {
        var state = sql.getSQLState();
        if (REFUSED.stream().anyMatch(state::startsWith)) {
          refusal = String.valueOf(sql.getMessage()).lines().findFirst().orElse(state);
        }
      }
    }
    return refusal;
  }

  private static boolean lock(Handle handle, int slot) {
    return handle
        .createQuery("select pg_try_advisory_lock(:key, :slot)")
        .bind("key", LOCKS)
        .bind("slot", slot)
        .mapTo(Boolean.class)
        .one();
  }

  /** A connection that cannot give its slot back leaves the pool, and its end frees the slot. */
  private void unlock(Handle handle, int slot) {
    try {
      handle
          .createQuery("select pg_advisory_unlock(:key, :slot)")
          .bind("key", LOCKS)
          .bind("slot", slot)
          .mapTo(Boolean.class)
          .one();
    } catch (JdbiException e) {
      Connection connection = handle.getConnection();
      pool.evictConnection(connection);
    }
  }

  private static <T> T translated(Supplier<T> work) {
    try {
      return work.get();
    } catch (JdbiException e) {
      if (refusal(e) == null && DatabaseAway.says(e)) {
        throw new HomeserverUnavailableException("Synapse's database cannot be reached", e);
      }
      if (isBusy(e)) {
        throw new BusyException(e);
      }
      throw e;
    }
  }

  private static boolean isBusy(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql && BUSY.contains(String.valueOf(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    pool.close();
  }
}
