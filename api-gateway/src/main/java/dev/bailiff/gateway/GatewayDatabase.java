package dev.bailiff.gateway;

import dev.bailiff.audit.AuditOwner;
import dev.bailiff.audit.AuditedTransactions;
import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.database.MigrationHistory;
import dev.bailiff.gateway.health.DatabaseProbe;
import dev.bailiff.homeserver.HomeserverFactory;
import dev.bailiff.job.store.HomeserverClaim;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/** The migrated database of a gateway, closed with it, and its health. */
final class GatewayDatabase {
  /**
   * Below the socket's time-out, so that the database ends a statement before its caller gives up.
   */
  private static final int STATEMENT_SECONDS = 10;

  private final Jdbi jdbi;
  private final HomeserverFactory homeserver;
  private final DatabaseProbe probe;

  /**
   * Opens and migrates the database.
   *
   * @throws dev.bailiff.database.DatabaseRefusedException if the database has another layout, or
   *     its jobs act on another homeserver
   */
  GatewayDatabase(DatabaseConfig config, HomeserverFactory homeserver, Environment environment) {
    this.homeserver = homeserver;
    var database = Database.openForCallers(config, "gateway");
    environment.lifecycle().manage(new AutoCloseableManager(database));
    try {
      database.migrate(MigrationHistory.shared());
      new HomeserverClaim(database.jdbi()).require(homeserver.type(), null);
      if (homeserver.isOwnStore()) {
        database.migrate();
      }
    } catch (RuntimeException e) {
      // The environment has not started, so it would not close the pool.
      database.close();
      throw e;
    }
    this.probe = new DatabaseProbe(database.dataSource());
    environment.healthChecks().register("database", probe);
    this.jdbi = database.jdbi();
    AuditedTransactions.install(jdbi);
    AuditOwner.warnIfWeak(jdbi);
    jdbi.getConfig(SqlStatements.class).setQueryTimeout(STATEMENT_SECONDS);
  }

  /**
   * Compares the name of the homeserver with the name in the database.
   *
   * @param serverName asked once; the name is not compared if the question fails
   */
  void requireServer(Supplier<Optional<String>> serverName) {
    new HomeserverClaim(jdbi).require(homeserver.type(), HomeserverClaim.nameOrNull(serverName));
  }

  Jdbi jdbi() {
    return jdbi;
  }

  DatabaseProbe probe() {
    return probe;
  }
}
