package dev.bailiff.database;

import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A check that a new connection makes before its first use, if the database belongs to a data
 * folder: does the database still belong to that folder? By now the database of a copy of the
 * folder may listen at the same address, with the same password.
 */
public final class FolderCheck {
  /** A state in a class that PostgreSQL does not use. */
  private static final String SQL_STATE = "BF001";

  private FolderCheck() {}

  /** A statement that fails on the database of any other folder. */
  static String statement(UUID folder) {
    return """
    do $$ begin
      if not exists (select from jobs.data_folder where id = 'FOLDER') then
        raise exception 'this database belongs to another data folder' using errcode = 'STATE';
      end if;
    end $$
    """
        .replace("FOLDER", folder.toString())
        .replace("STATE", SQL_STATE);
  }

  /** Whether an error, or one of its causes, is the refusal of this check. */
  public static boolean refused(@Nullable Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && SQL_STATE.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }
}
