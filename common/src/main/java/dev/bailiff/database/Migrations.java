package dev.bailiff.database;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a database to this release, one history after the other. */
final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private static final String FOLDER = "classpath:db/migration";

  private final DataSource dataSource;
  private final List<String> folders;

  /** The migrations of this release. */
  Migrations(DataSource dataSource) {
    this(dataSource, List.of(FOLDER));
  }

  private Migrations(DataSource dataSource, List<String> folders) {
    this.dataSource = dataSource;
    this.folders = folders;
  }

  /**
   * These migrations and those of one more folder, for a test of a release that does not exist yet.
   */
  Migrations with(String folder) {
    return new Migrations(dataSource, Stream.concat(folders.stream(), Stream.of(folder)).toList());
  }

  /**
   * Applies the missing migrations. Any number of processes may do so at once: one after the other
   * looks and migrates, under a lock. Flyway's own lock is not enough. A process of an older
   * release that looked before a newer one migrated would put its repeatable migrations over the
   * newer ones.
   *
   * @throws IllegalStateException if the server is older than {@link PostgresVersion#OLDEST}
   * @throws OldLayoutException if the database has the layout before the histories; nothing is
   *     changed then
   */
  void apply(Set<MigrationHistory> histories) {
    apply(histories, null);
  }

  /**
   * Applies the missing migrations, and gives the rights of the work to another role.
   *
   * @param runtimeRole null if the role of the migrations works too
   */
  void apply(Set<MigrationHistory> histories, @Nullable String runtimeRole) {
    PostgresVersion.require(Database.jdbi(dataSource));
    try (var connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        // The lock is waited for, and held, as long as a migration of a big table takes.
        statement.execute("set local lock_timeout = 0");
        statement.execute("set local statement_timeout = 0");
        statement.execute("set local idle_in_transaction_session_timeout = 0");
        statement.execute(AdvisoryLock.MIGRATIONS.take());
        OldLayout.refuse(connection);
        histories.stream().sorted().forEach(this::apply);
        if (histories.contains(MigrationHistory.ACCESS)) {
          statement.execute("select access.make_audit_partitions()");
        }
        if (runtimeRole != null) {
          RuntimeRole.grant(connection, histories, runtimeRole);
        }
        connection.commit();
      } finally {
        connection.rollback(); // after an error; this gives the lock back
      }
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }

  private void apply(MigrationHistory history) {
    var flyway = flyway(history).load();
    var info = flyway.info();
    if (isOfLaterRelease(info)) {
      LOG.info("the schema {} is of a later release, and stays as it is", history.schema());
      return;
    }
    int pending = info.pending().length;
    if (pending > 0) {
      LOG.info("the schema {} is brought up to date by {} migrations", history.schema(), pending);
    }
    if (flyway.migrate().migrationsExecuted > 0) {
      LOG.info("the schema {} is up to date", history.schema());
    }
  }

  /**
   * Whether a later release has migrated this database. The functions of that release are
   * repeatable migrations, and the files of this release would replace them.
   */
  private static boolean isOfLaterRelease(MigrationInfoService info) {
    return Arrays.stream(info.all())
        .anyMatch(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS);
  }

  /** The locations of a history's files, and the table in which Flyway records them. */
  FluentConfiguration flyway(MigrationHistory history) {
    return Flyway.configure()
        .dataSource(dataSource)
        .locations(
            folders.stream().map(folder -> folder + "/" + history.schema()).toArray(String[]::new))
        .defaultSchema(history.schema())
        .table("schema_history");
  }
}
