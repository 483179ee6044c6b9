package dev.bailiff.database;

import org.jspecify.annotations.Nullable;

/** Errors of PostgreSQL that are about what a statement was to store, and come again with it. */
public final class RefusedData {

  private RefusedData() {}

  /**
   * Whether an error is one of them: data exceptions (class 22), broken constraints (23), and
   * limits of the program (54), such as a text that is too long for an index.
   *
   * @param sqlState null if there is none
   */
  public static boolean says(@Nullable String sqlState) {
    return sqlState != null
        && (sqlState.startsWith("22") || sqlState.startsWith("23") || sqlState.startsWith("54"));
  }
}
