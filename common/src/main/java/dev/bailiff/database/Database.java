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
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A pool of connections and JDBI on it. JDBI binds an open handle to its thread, so that whatever
 * uses the same {@link Jdbi} on a thread with a transaction takes part in that transaction.
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
   * Opens the pool. Does not connect yet: a database that is away delays work, it does not end the
   * process.
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
   * The same for a process whose callers must not wait for a database that is away: once nobody
   * answers there, whoever asks for a connection gets the error at once ({@link
   * DatabaseFault#AWAY}), until somebody answers again. Loops wait better in {@link #open}.
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
    // Each resting connection of each process costs a transaction so often. What cuts silent
    // connections mostly waits for longer, and tcpKeepAlive is on.
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
   * JDBI with the plugins that our DAOs need, on any data source. Its errors do not render what was
   * bound to a statement: password hashes and names must not get into a log or a job's last error.
   */
  public static Jdbi jdbi(DataSource dataSource) {
    return jdbi(dataSource::getConnection);
  }

  /** The same on connections from anywhere. */
  public static Jdbi jdbi(ConnectionFactory connections) {
    var jdbi =
        Jdbi.create(connections)
            .installPlugin(new SqlObjectPlugin())
            .installPlugin(new PostgresPlugin());
    LazyDaos.install(jdbi);
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }

  /**
   * Brings all schemas to this release. Any number of processes may call it at once: Flyway takes a
   * lock.
   *
   * @throws IllegalStateException if the server is older than {@link PostgresVersion#OLDEST}
   * @throws OldLayoutException if the database cannot be upgraded; nothing is changed then
   */
  public static void migrate(DataSource dataSource) {
    new Migrations(dataSource).apply(MigrationHistory.all());
  }

  /**
   * Brings all schemas to this release, on a connection of its own: a migration of a big table is
   * silent for longer than those of the pool may be.
   */
  public void migrate() {
    migrate(MigrationHistory.all());
  }

  /** The same with some of the histories, where another homeserver needs no more. */
  public void migrate(Set<MigrationHistory> histories) {
    new Migrations(plain(config, "bailiff-migration")).apply(histories);
  }

  /**
   * Connects once, without a pool: as a new connection of the pool does, but with the answer at
   * once.
   *
   * @throws SQLException if there is no connection to be had, also for {@link FolderCheck}
   * @throws OldLayoutException if the database cannot be upgraded to this release
   */
  public static void probe(DatabaseConfig config) throws SQLException {
    var source = plain(config, "bailiff-probe");
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
