package dev.bailiff.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A pool of connections and JDBI on it. JDBI binds an open handle to its thread. Code that uses the
 * same {@link Jdbi} on a thread with a transaction therefore takes part in that transaction.
 */
public final class Database implements AutoCloseable {
  private static final Duration KEEPALIVE = Duration.ofMinutes(5);

  private final DatabaseConfig config;
  private final HikariDataSource dataSource;
  private final Jdbi jdbi;

  private Database(DatabaseConfig config, HikariDataSource dataSource) {
    this.config = config;
    this.dataSource = dataSource;
    this.jdbi = jdbi(dataSource);
  }

  /**
   * Opens the pool without connecting yet: a database that is away delays work, but does not end
   * the process.
   *
   * @param name of the pool, in thread names and metrics
   */
  public static Database open(DatabaseConfig config, String name) {
    var hikari = pool(config, name);
    hikari.setJdbcUrl(config.url());
    connection(config, name).forEach(hikari::addDataSourceProperty);
    return new Database(config, new HikariDataSource(hikari));
  }

  /**
   * Opens the pool for a process whose callers must not wait for a database that is away. While the
   * database does not answer, every caller that asks for a connection gets the error at once
   * ({@link DatabaseFault#AWAY}). Loops should use {@link #open}, which waits.
   */
  public static Database openForCallers(DatabaseConfig config, String name) {
    var source = new OutageSource();
    source.setUrl(config.url());
    try {
      for (var property : connection(config, name).entrySet()) {
        source.setProperty(property.getKey(), property.getValue());
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a property of the driver has another name now", e);
    }
    return new Database(config, FailFastPool.open(pool(config, name), source));
  }

  private static HikariConfig pool(DatabaseConfig config, String name) {
    var hikari = new HikariConfig();
    hikari.setPoolName(name);
    hikari.setUsername(config.user());
    hikari.setPassword(config.password());
    hikari.setMaximumPoolSize(config.maxPoolSize());
    hikari.setMinimumIdle(1);
    // Each keep-alive is a transaction for each idle connection of each process. Five minutes
    // suffice: silent connections are mostly cut later than that, and tcpKeepAlive is on.
    hikari.setKeepaliveTime(KEEPALIVE.toMillis());
    hikari.setConnectionTimeout(config.poolTimeout().toMilliseconds());
    hikari.setInitializationFailTimeout(-1);
    hikari.setExceptionOverrideClassName(StandbyEviction.class.getName());
    var checks = checks(config);
    if (!checks.isEmpty()) {
      hikari.setConnectionInitSql(String.join(";\n", checks));
    }
    return hikari;
  }

  /** The statements that a new connection must pass. */
  private static List<String> checks(DatabaseConfig config) {
    var checks = new ArrayList<String>();
    if (config.refusesOldLayout()) {
      checks.add(OldLayout.CHECK);
    }
    var folder = config.dataFolder();
    if (folder != null) {
      checks.add(FolderCheck.statement(folder));
    }
    return checks;
  }

  private static Map<String, String> connection(DatabaseConfig config, String name) {
    return Map.of(
        "socketTimeout",
        Long.toString(config.socketTimeout().toSeconds()),
        "connectTimeout",
        Long.toString(config.connectTimeout().toSeconds()),
        "tcpKeepAlive",
        "true",
        "ApplicationName",
        "bailiff-" + name,
        "reWriteBatchedInserts",
        "true");
  }

  /**
   * JDBI on any data source, with the plugin that our statements need. Its errors do not render the
   * values bound to a statement: password hashes and names must not get into a log or a job's last
   * error.
   */
  public static Jdbi jdbi(DataSource dataSource) {
    return jdbi(dataSource::getConnection);
  }

  /** JDBI with the same plugin, on connections from anywhere. */
  public static Jdbi jdbi(ConnectionFactory connections) {
    var jdbi = Jdbi.create(connections).installPlugin(new PostgresPlugin());
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }

  /**
   * Brings all schemas to this release. Any number of processes may call this at once: Flyway takes
   * a lock.
   *
   * @throws IllegalStateException if the server is older than {@link PostgresVersion#OLDEST}
   * @throws OldLayoutException if the database cannot be upgraded; nothing is changed then
   */
  public static void migrate(DataSource dataSource) {
    new Migrations(dataSource).apply(MigrationHistory.all());
  }

  /**
   * Brings all schemas to this release, on a connection of its own: a migration of a big table is
   * silent for longer than the pool allows.
   */
  public void migrate() {
    migrate(MigrationHistory.all());
  }

  /** Brings some schemas to this release; a process with another homeserver needs only some. */
  public void migrate(Set<MigrationHistory> histories) {
    var migrations = new Migrations(plain(config.asOwner(), "bailiff-migration"));
    migrations.apply(histories, config.owner().isPresent() ? config.user() : null);
  }

  /**
   * Connects once, without a pool and without retries. The connection passes the same checks as a
   * new connection of the pool. It is the owner's, if there is one: on a database of an older
   * release the other role may read nothing.
   *
   * @throws SQLException if no connection can be opened, also if {@link FolderCheck} refuses it
   * @throws OldLayoutException if the database cannot be upgraded to this release
   */
  public static void probe(DatabaseConfig config) throws SQLException {
    var source = plain(config.asOwner(), "bailiff-probe");
    source.setSocketTimeout((int) config.connectTimeout().toSeconds());
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      OldLayout.refuse(connection);
      var folder = config.dataFolder();
      if (folder != null) {
        statement.execute(FolderCheck.statement(folder));
      }
    }
  }

  /**
   * Connections outside of any pool, for one that is kept open. None is opened yet.
   *
   * @param name in {@code pg_stat_activity}, behind {@code bailiff-}
   */
  public static DataSource unpooled(DatabaseConfig config, String name) {
    var source = plain(config, "bailiff-" + name);
    source.setSocketTimeout((int) config.socketTimeout().toSeconds());
    return source;
  }

  private static PGSimpleDataSource plain(DatabaseConfig config, String name) {
    var plain = new PGSimpleDataSource();
    plain.setUrl(config.url());
    plain.setUser(config.user());
    plain.setPassword(config.password());
    plain.setConnectTimeout((int) config.connectTimeout().toSeconds());
    plain.setTcpKeepAlive(true);
    plain.setApplicationName(name);
    return plain;
  }

  /** JDBI on the pool. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /** The pool. */
  public DataSource dataSource() {
    return dataSource;
  }

  @Override
  public void close() {
    dataSource.close();
  }
}
