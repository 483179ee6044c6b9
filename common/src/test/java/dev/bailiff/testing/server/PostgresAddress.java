package dev.bailiff.testing.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The address of a PostgreSQL server, with its superuser. */
record PostgresAddress(String host, int port, String user, String password) {
  String jdbcUrl(String database) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  /** Runs one statement outside any transaction in the maintenance database. */
  void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), user, password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
  }
}
