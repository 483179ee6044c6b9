package dev.bailiff.homeserver.store.account;

import dev.bailiff.database.AdvisoryLock;
import org.jdbi.v3.core.Handle;

/**
 * Counts of accounts, kept by triggers and grouped by all columns that a list can filter by. The
 * triggers only ever add rows, so a reader that meets many rows folds them together.
 */
final class AccountCounts {

  /** The table has the alias by which the conditions of a list name an account. */
  static final String TOTAL =
      """
      select coalesce(sum(a.accounts), 0)::bigint as total, count(*) as rows
      from homeserver.account_count a
      """;

  /** This many rows are read in less than a millisecond. */
  private static final long ROWS = 1_000;

  /**
   * PostgreSQL frees this lock at the end of the transaction. A transaction that does not get the
   * lock skips the work, as the holder of the lock is doing it.
   */
  private static final String ALONE = AdvisoryLock.ACCOUNT_COUNTS.tryToTake();

  /** Rows that other transactions add meanwhile are not visible to this statement and stay. */
  private static final String FOLD =
      """
      with taken as (delete from homeserver.account_count returning *)
      insert into homeserver.account_count
      select is_guest, admin, deactivated, locked, user_type, sum(accounts)
      from taken
      group by is_guest, admin, deactivated, locked, user_type
      having sum(accounts) <> 0
      """;

  private static final String MANY =
      "select count(*) > :rows from (select from homeserver.account_count limit :rows + 1) as counted";

  private AccountCounts() {}

  /** The number of accounts on all pages of a list together. */
  static long total(Handle handle, AccountListSql list) {
    Sum sum =
        list.bind(handle.createQuery(list.count()))
            .map((rs, ctx) -> new Sum(rs.getLong("total"), rs.getLong("rows")))
            .one();
    if (sum.rows > ROWS) {
      handle.useTransaction(AccountCounts::fold);
    }
    return sum.total;
  }

  /**
   * Folds many rows even if nobody reads lists. Otherwise changes of accounts would add rows
   * without end.
   */
  static void foldMany(Handle handle) {
    if (handle.createQuery(MANY).bind("rows", ROWS).mapTo(Boolean.class).one()) {
      handle.useTransaction(AccountCounts::fold);
    }
  }

  private static void fold(Handle handle) {
    if (handle.createQuery(ALONE).mapTo(Boolean.class).one()) {
      handle.execute(FOLD);
    }
  }

  private record Sum(long total, long rows) {}
}
