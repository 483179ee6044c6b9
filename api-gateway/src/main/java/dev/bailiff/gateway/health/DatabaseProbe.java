package dev.bailiff.gateway.health;

import com.codahale.metrics.health.HealthCheck;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Asks the database whether it answers. */
public final class DatabaseProbe extends HealthCheck {
  private static final int TIMEOUT_SECONDS = 2;

  private final DataSource dataSource;

  public DatabaseProbe(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Whether a connection is available and answers within two seconds. */
  public boolean answers() {
    try (var connection = dataSource.getConnection()) {
      return connection.isValid(TIMEOUT_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  protected Result check() {
    return answers() ? Result.healthy() : Result.unhealthy("the database does not answer");
  }
}
