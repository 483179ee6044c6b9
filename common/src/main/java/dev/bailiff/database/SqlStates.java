package dev.bailiff.database;

import org.jspecify.annotations.Nullable;

/** Errors of PostgreSQL about the data that a statement was to store. The same data fails again. */
public final class SqlStates {

  private SqlStates() {}

  /**
   * Whether an error is about the data: data exceptions (class 22), broken constraints (23), and
   * limits of the program (54), such as a text that is too long for an index.
   *
   * @param sqlState null if the error has none
   */
  public static boolean isDataError(@Nullable String sqlState) {
    return sqlState != null
        && (sqlState.startsWith("22") || sqlState.startsWith("23") || sqlState.startsWith("54"));
  }
}
