package dev.bailiff.standalone;

import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import java.sql.Connection;
import java.sql.SQLException;

/** A database that one command works on. */
final class CommandDatabase {
  private CommandDatabase() {}

  /**
   * Opens it at this release's schemas, as the first thing that is done to an empty database may be
   * a command.
   *
   * @throws CommandException if it does not answer
   */
  static Database open(DatabaseConfig config, String name) {
    Database database = Database.open(config, name);
    try (Connection ignored = database.dataSource().getConnection()) {
      database.migrate();
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

  /** Without parameters, of which the password may be one. */
  private static String address(DatabaseConfig config) {
    return config.url().replaceFirst("\\?.*", "");
  }

  /** The pool only says that time is over; its cause says why. */
  private static String reason(SQLException failure) {
    Throwable cause = failure.getCause();
    return String.valueOf((cause == null ? failure : cause).getMessage());
  }
}
