package dev.bailiff.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database of a PostgreSQL server for a Synapse.
 *
 * @param host a name or an address
 * @param name of the database. It is made if it is missing, in the encoding and the collation that
 *     Synapse demands
 * @param user may make databases, or owns this one
 */
public record SynapseDatabase(String host, int port, String name, String user, String password) {

  public SynapseDatabase {
    if (!name.matches("[a-z_][a-z0-9_]*")) {
      throw new IllegalArgumentException(name + " is no name of a database that needs no quotes");
    }
  }

  /** The address of the database. */
  public String jdbcUrl() {
    return jdbcUrl(name);
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  /** Makes the database if it is missing. */
  void create() {
    try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), user, password)) {
      if (!exists(connection)) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(
              "create database " + name + " encoding 'UTF8' locale 'C' template template0");
        }
      }
    } catch (SQLException e) {
      throw new EmbeddedServerException(
          "cannot make the database " + name + " of Synapse: " + e.getMessage(), e);
    }
  }

  private boolean exists(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select 1 from pg_database where datname = ?")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Leaves out the password. */
  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + name;
  }
}
