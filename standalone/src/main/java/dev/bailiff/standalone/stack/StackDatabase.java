package dev.bailiff.standalone.stack;

import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.database.FolderCheck;
import dev.bailiff.database.MigrationHistory;
import dev.bailiff.duty.DutyLoop;
import dev.bailiff.embedded.EmbeddedPostgresServer;
import dev.bailiff.embedded.EmbeddedServerException;
import dev.bailiff.embedded.LoopbackPorts;
import dev.bailiff.embedded.PostgresSettings;
import dev.bailiff.embedded.PostgresWatch;
import dev.bailiff.homeserver.HomeserverFactory;
import dev.bailiff.job.store.HomeserverClaim;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PostgreSQL of a data folder, with Bailiff's only database in it. */
final class StackDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StackDatabase.class);
  private static final String NAME = "bailiff";

  /** Gateway and workers have pools of their own; a worker joins with about 8 connections. */
  private static final String MAX_CONNECTIONS = "300";

  /** A backup that is older than this is recognised when it is put back. */
  private static final Duration MARKED_EACH = Duration.ofSeconds(30);

  private final EmbeddedPostgresServer server;
  private final RuntimeInfo.PostgresInfo last;
  private final DutyLoop marking = new DutyLoop("database-mark");
  private @Nullable PostgresWatch watch;
  private volatile @Nullable DatabaseMark mark;

  private StackDatabase(EmbeddedPostgresServer server, RuntimeInfo.PostgresInfo last) {
    this.server = server;
    this.last = last;
  }

  /** Starts the server at the port of the last start, or at another if a program has taken it. */
  static StackDatabase start(DataFolder folder, RuntimeInfo.PostgresInfo last) {
    PostgresSettings settings =
        PostgresSettings.in(folder.postgres(), last.password())
            .withBinaries(folder.binaries())
            .with("max_connections", MAX_CONNECTIONS)
            .with("max_wal_size", "4GB");
    EmbeddedPostgresServer server =
        new EmbeddedPostgresServer(settings.withPort(last.port())).guarded();
    try {
      server.start();
    } catch (EmbeddedServerException e) {
      if (last.port() == 0 || LoopbackPorts.isFree(last.port())) {
        throw e; // the port is not the reason
      }
      server = new EmbeddedPostgresServer(settings.withPort(0)).guarded().start();
    }
    StackDatabase database = new StackDatabase(server, last.withRuntimeRole());
    try {
      database.createIfMissing();
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  RuntimeInfo.PostgresInfo info() {
    return last.servedAt(server.port(), server.jdbcUrl(NAME), server.user());
  }

  /**
   * For every program that works on the folder: the database of another folder is refused. The
   * programs work under the runtime role; the superuser owns the tables.
   */
  static DatabaseConfig config(RuntimeInfo info) {
    RuntimeInfo.PostgresInfo server = info.postgres();
    String user = server.runtimeUser();
    String password = server.runtimePassword();
    DatabaseConfig config =
        user == null || password == null
            ? new DatabaseConfig(server.url(), server.user(), server.password())
            : new DatabaseConfig(server.url(), user, password)
                .ownedBy(new DatabaseConfig.OwnerRole(server.user(), server.password()));
    return config.of(info.folderId());
  }

  /**
   * Brings the database to this release and gives it the folder's identity. The tables of Bailiff's
   * own store are made only if the jobs act on that store. Open jobs of a folder or database that
   * was copied or restored are paused before anybody can work on them.
   *
   * @param starting the data of this start; their identity changes if the database came from
   *     elsewhere
   * @param serverName of the homeserver; null: not known
   * @throws dev.bailiff.database.DatabaseRefusedException if the database has the layout of an
   *     older release, or its jobs act on another homeserver; nothing is changed then
   */
  RuntimeInfo settle(DataFolder folder, RuntimeInfo starting, @Nullable String serverName) {
    HomeserverFactory homeserver = starting.homeserver();
    try (Database database = Database.open(config(starting.ofAnyFolder()), "start")) {
      database.migrate(MigrationHistory.shared());
      new HomeserverClaim(database.jdbi()).require(homeserver.type(), serverName);
      if (homeserver.isOwnStore()) {
        database.migrate();
      }
      FolderIdentity identity = settle(folder, database.jdbi());
      mark = folder.mark(ownJdbi());
      return starting.of(identity);
    }
  }

  /** Brings folder and database together: the same identity, and the next mark. */
  static FolderIdentity settle(DataFolder folder, Jdbi jdbi) {
    FolderIdentity identity =
        new DatabaseIdentity(jdbi).settle(folder.requireIdentity(), folder::renewIdentity);
    folder.mark(jdbi).advance();
    return identity;
  }

  /**
   * Requires that the database at the folder's address belongs to the folder. A server that does
   * not answer is accepted, because it may come back.
   *
   * @throws DataFolderException if the database belongs to another folder
   * @throws dev.bailiff.database.OldLayoutException if this release cannot work on the database
   */
  static void requireOwn(DataFolder folder, RuntimeInfo info) {
    try {
      Database.probe(config(info));
    } catch (SQLException e) {
      if (FolderCheck.refused(e)) {
        throw new DataFolderException(
            "the database at "
                + info.postgres().url()
                + " is not that of the data folder "
                + folder.path()
                + ": start what belongs to the folder with 'bailiff up --data'",
            e);
      }
    }
  }

  /**
   * Restarts the server whenever it ends by itself, and moves the mark on from time to time.
   *
   * @param lost receives one line when restarts are of no use
   */
  void keep(Consumer<String> lost) {
    watch = PostgresWatch.start(server, lost);
    marking.every(MARKED_EACH, this::advanceMark);
  }

  @Override
  public void close() {
    marking.close();
    advanceMark(); // so that a backup of before is recognised
    if (watch != null) {
      watch.close();
    }
    server.close();
  }

  /**
   * A mark that stays behind recognises less, and is no reason to disturb anybody: the server may
   * be away, or the disk full.
   */
  private boolean advanceMark() {
    DatabaseMark shared = mark;
    if (shared != null) {
      try {
        shared.advance();
      } catch (JdbiException | UncheckedIOException e) {
        LOG.info("the mark of the database stays behind: {}", e.toString());
      }
    }
    return false;
  }

  private Jdbi ownJdbi() {
    return Database.jdbi(
        () -> DriverManager.getConnection(server.jdbcUrl(NAME), server.user(), server.password()));
  }

  private void createIfMissing() {
    try (Connection connection =
            DriverManager.getConnection(
                server.jdbcUrl("postgres"), server.user(), server.password());
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("select 1 from pg_database where datname = '" + NAME + "'")) {
      boolean isMissing = !found.next();
      if (isMissing) {
        statement.execute("create database " + NAME);
      }
      settleRuntimeRole(statement);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create the database: " + e.getMessage(), e);
    }
  }

  /** Makes the role, also in a folder of a release with one role, and sets what it may not be. */
  private void settleRuntimeRole(Statement statement) throws SQLException {
    String role = statement.enquoteIdentifier(String.valueOf(last.runtimeUser()), true);
    String name = statement.enquoteLiteral(String.valueOf(last.runtimeUser()));
    try (ResultSet found =
        statement.executeQuery("select 1 from pg_roles where rolname = " + name)) {
      boolean isMissing = !found.next();
      if (isMissing) {
        statement.execute("create role " + role);
      }
    }
    statement.execute(
        "alter role "
            + role
            + " with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password "
            + statement.enquoteLiteral(String.valueOf(last.runtimePassword())));
  }
}
