package dev.bailiff.testing.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A separate database on the test server, with an address for other processes and a connection pool
 * for this one.
 *
 * <p>Closing it closes the pool and drops the database, even while other clients are connected.
 */
public final class TestDatabase implements AutoCloseable {
  private static final int POOL_SIZE = 20;

  private final PostgresAddress server;
  private final String name;
  private @Nullable HikariDataSource pool;

  TestDatabase(PostgresAddress server, String name) {
    this.server = server;
    this.name = name;
  }

  public String name() {
    return name;
  }

  public String host() {
    return server.host();
  }

  public int port() {
    return server.port();
  }

  public String jdbcUrl() {
    return server.jdbcUrl(name);
  }

  /** The address by way of a proxy before the server, such as a {@link TcpProxy}. */
  public String jdbcUrlVia(int proxyPort) {
    return "jdbc:postgresql://127.0.0.1:" + proxyPort + "/" + name;
  }

  public String user() {
    return server.user();
  }

  public String password() {
    return server.password();
  }

  /** A pool of up to 20 connections, opened with the first use. */
  public synchronized DataSource dataSource() {
    HikariDataSource open = pool;
    if (open == null) {
      HikariConfig config = new HikariConfig();
      config.setPoolName(name);
      config.setJdbcUrl(jdbcUrl());
      config.setUsername(user());
      config.setPassword(password());
      config.setMaximumPoolSize(POOL_SIZE);
      config.setMinimumIdle(0);
      open = new HikariDataSource(config);
      pool = open;
    }
    return open;
  }

  /** Cuts every connection to this database, as an administrator's restart of the server would. */
  public void terminateConnections() {
    server.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
  }

  @Override
  public synchronized void close() {
    if (pool != null) {
      pool.close();
      pool = null;
    }
    server.execute("drop database if exists \"" + name + "\" with (force)");
  }
}
