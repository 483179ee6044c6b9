package dev.bailiff.homeserver.store.account;

import dev.bailiff.database.AdvisoryLock;
import org.jdbi.v3.core.Handle;

/**
 * The numbers of accounts that triggers keep, by all that a list can ask for. Their rows are only
 * ever added, so whoever reads many folds them together.
 */
final class AccountCounts {

  /** Under the alias by which the conditions of a list name an account. */
  static final String TOTAL =
      """
      select coalesce(sum(a.accounts), 0)::bigint as total, count(*) as rows
      from homeserver.account_count a
      """;

  /** So many rows are read in less than a millisecond. */
  private static final long ROWS = 1_000;

  /**
   * Gone again with the transaction; whoever does not get it leaves the work to the one who did.
   */
  private static final String ALONE = AdvisoryLock.ACCOUNT_COUNTS.tryToTake();

  /** Rows that others add meanwhile are not seen and stay. */
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

  /** How many accounts a list has in all its pages. */
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
   * The same where nobody asks for lists; else changes of accounts would leave rows without end.
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
