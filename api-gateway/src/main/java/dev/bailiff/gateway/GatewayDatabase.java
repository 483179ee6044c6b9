package dev.bailiff.gateway;

import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.gateway.health.DatabaseProbe;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/** The migrated database of a gateway, closed with it, and its health. */
final class GatewayDatabase {
  /**
   * Below the socket's time-out, so that the database ends a statement before its caller gives up.
   */
  private static final int STATEMENT_SECONDS = 10;

  private final Jdbi jdbi;
  private final DatabaseProbe probe;

  GatewayDatabase(DatabaseConfig config, Environment environment) {
    var database = Database.openForCallers(config, "gateway");
    environment.lifecycle().manage(new AutoCloseableManager(database));
    try {
      database.migrate();
    } catch (RuntimeException e) {
      // The environment has not started, so it would not close the pool.
      database.close();
      throw e;
    }
    this.probe = new DatabaseProbe(database.dataSource());
    environment.healthChecks().register("database", probe);
    this.jdbi = database.jdbi();
    jdbi.getConfig(SqlStatements.class).setQueryTimeout(STATEMENT_SECONDS);
  }

  Jdbi jdbi() {
    return jdbi;
  }

  DatabaseProbe probe() {
    return probe;
  }
}
