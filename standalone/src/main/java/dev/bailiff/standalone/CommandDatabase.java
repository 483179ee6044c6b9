package dev.bailiff.standalone;

import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.database.MigrationHistory;
import java.sql.SQLException;

/** A database that one command works on. */
final class CommandDatabase {
  private CommandDatabase() {}

  /**
   * Opens the database and brings the schemas that every homeserver needs to this release. A
   * command may be the first program that uses an empty database.
   *
   * @throws CommandException if the database does not answer
   */
  static Database open(DatabaseConfig config, String name) {
    Database database = Database.open(config, name);
    try {
      Database.probe(config);
      database.migrate(MigrationHistory.shared());
      return database;
    } catch (SQLException e) {
      database.close();
      throw new CommandException(
          ExitCode.NO_ANSWER, "no answer from " + address(config) + ": " + reason(e));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Cuts the parameters off, because one of them may be the password. */
  private static String address(DatabaseConfig config) {
    return config.url().replaceFirst("\\?.*", "");
  }

  /** The pool reports only a timeout; its cause has the reason. */
  private static String reason(SQLException failure) {
    Throwable cause = failure.getCause();
    return String.valueOf((cause == null ? failure : cause).getMessage());
  }
}
