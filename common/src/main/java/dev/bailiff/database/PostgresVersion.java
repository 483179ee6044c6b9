package dev.bailiff.database;

import org.jdbi.v3.core.Jdbi;

/** The version of PostgreSQL that this release needs. */
final class PostgresVersion {
  /**
   * The first version with the collation {@code pg_c_utf8}, with which names are searched
   * regardless of letter case.
   */
  static final int OLDEST = 17;

  private PostgresVersion() {}

  /**
   * Checks the server before anything is changed there.
   *
   * @throws IllegalStateException if the server is too old
   */
  static void require(Jdbi jdbi) {
    int number =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select current_setting('server_version_num')::int")
                    .mapTo(Integer.class)
                    .one());
    require(number);
  }

  /**
   * @param number as PostgreSQL numbers itself: 170004 for 17.4
   */
  static void require(int number) {
    int major = number / 10_000;
    if (major < OLDEST) {
      throw new IllegalStateException(
          "PostgreSQL " + OLDEST + " or later is needed; the server is of release " + major);
    }
  }
}
