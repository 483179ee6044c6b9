package dev.bailiff.benchmark.data;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Generated data that rows begin with, made once a run.
 *
 * @param name part of the name of a database
 */
public record Dataset(String name, Generator generator) {
  /** A homeserver of which nothing is known but its name. */
  public static final Dataset EMPTY = new Dataset("empty", (connection, scale) -> nameServer(connection));

  /** Fills a database that has our schemas and nothing else. */
  @FunctionalInterface
  interface Generator {
    void generate(Connection connection, Scale scale) throws SQLException;
  }

  static void nameServer(Connection connection) throws SQLException {
    Queries.change(
        connection,
        "insert into homeserver.server (server_name, software) values (?, 'generated')",
        Community.SERVER);
  }
}
