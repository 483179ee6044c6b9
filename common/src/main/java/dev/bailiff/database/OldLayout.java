package dev.bailiff.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Recognises a database that was made before each schema had its own history. The only history of
 * that database is {@code public.bailiff_schema_history}, and no migration leads from it to this
 * release.
 */
final class OldLayout {
  /** A state in a class that PostgreSQL does not use. */
  private static final String SQL_STATE = "BF002";

  /**
   * A statement that fails on a database of the old layout. It passes a database of the new layout
   * in which an old release has left its empty table.
   */
  static final String CHECK =
      """
      do $$
      declare
        highest integer;
      begin
        if to_regclass('public.bailiff_schema_history') is not null
            and to_regclass('jobs.schema_history') is null then
          select max(version::integer) into highest from public.bailiff_schema_history where success;
          if highest is not null then
            raise exception using errcode = 'STATE', message =
              'this database was made by Bailiff 0.1.0-SNAPSHOT before it had three histories'
              || ' (its table public.bailiff_schema_history is at version ' || highest || ') and cannot be'
              || ' upgraded: start with an empty data folder or database, and import the snapshot anew';
          end if;
        end if;
      end $$
      """
          .replace("STATE", SQL_STATE);

  private OldLayout() {}

  /**
   * Checks the database; changes nothing.
   *
   * @throws OldLayoutException if the database has the old layout
   * @throws SQLException if the database does not answer
   */
  static void refuse(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(CHECK);
    } catch (PSQLException e) {
      if (SQL_STATE.equals(e.getSQLState())) {
        throw new OldLayoutException(sentence(e), e);
      }
      throw e;
    }
  }

  /** The message without the position in the statement, which the driver adds. */
  private static String sentence(PSQLException refusal) {
    ServerErrorMessage message = refusal.getServerErrorMessage();
    return String.valueOf(message == null ? refusal.getMessage() : message.getMessage());
  }
}
