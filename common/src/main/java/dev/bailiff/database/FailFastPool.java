package dev.bailiff.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection pool that fails at once while the database is away. The pool's time-out applies only
 * while the database is busy.
 */
final class FailFastPool extends HikariDataSource {
  private final OutageSource source;

  private FailFastPool(HikariConfig config, OutageSource source) {
    super(config);
    this.source = source;
  }

  /**
   * @param config without the properties of the URL; those are set on {@code source}
   */
  static FailFastPool open(HikariConfig config, OutageSource source) {
    config.setDataSource(source);
    return new FailFastPool(config, source);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return source.outage().take(super::getConnection);
  }

  @Override
  public void close() {
    source.close();
    super.close();
  }
}
