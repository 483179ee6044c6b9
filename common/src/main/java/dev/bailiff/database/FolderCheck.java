package dev.bailiff.database;

import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a new connection asks before it is used, where the database belongs to a data folder: is it
 * that folder's still? At the same address and with the same password may be the database of a copy
 * by now.
 */
public final class FolderCheck {
  /** Of no class that PostgreSQL uses. */
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

  /** Whether an error, or one of its causes, is the refusal. */
  public static boolean refused(@Nullable Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && SQL_STATE.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }
}
