package dev.bailiff.benchmark.data;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Generated data that rows begin with; each dataset is generated once in a run.
 *
 * @param name part of the name of a database
 */
public record Dataset(String name, Generator generator) {
  /** A homeserver with a name and without any other data. */
  public static final Dataset EMPTY =
      new Dataset("empty", (connection, scale) -> nameServer(connection));

  /** Fills a database that has Bailiff's schemas and no data. */
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
