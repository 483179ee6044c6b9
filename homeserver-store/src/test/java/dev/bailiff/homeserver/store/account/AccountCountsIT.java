package dev.bailiff.homeserver.store.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.media.MediaName;
import dev.bailiff.homeserver.store.media.Quarantine;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The total of a list equals the number of accounts after any change, also by several writers. */
class AccountCountsIT {
  private static final String ADD =
      "insert into homeserver.account (user_id, created_at) values (?, 0)";

  @RegisterExtension final PostgresExtension postgres = Community.database();

  private Jdbi jdbi;
  private Accounts accounts;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    accounts = new Accounts(jdbi);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into homeserver.account (user_id, created_at) select '@new-' || n || ':x', n from generate_series(1, 7) n",
        "update homeserver.account set deactivated = not deactivated where user_id < '@d'",
        "update homeserver.account set locked = true, is_guest = not is_guest, user_type = 'bot' where user_id > '@d'",
        "update homeserver.account set user_type = null, admin = not admin",
        "update homeserver.account set displayname = 'x'",
        "delete from homeserver.account where user_id < '@f'",
        "truncate homeserver.account"
      })
  void totalIsTheNumberOfAccountsAfter(String change) {
    jdbi.useHandle(handle -> handle.execute(change));

    for (AccountFilter filter : filters()) {
      assertThat(accounts.list(filter).total()).as("%s", filter).isEqualTo(counted(filter));
    }
  }

  @Test
  void changeThatWasTakenBackIsNotCounted() {
    long before = total();

    jdbi.useHandle(
        handle -> {
          handle.begin();
          handle.execute(ADD, "@new:x");
          handle.rollback();
        });

    assertThat(total()).isEqualTo(before);
  }

  @Test
  void manyChangesAreFoldedTogetherAndThoseStillOpenAreNotLost() {
    long before = total();
    addOneByOne("@first-", 1_100);

    try (Handle open = jdbi.open()) {
      open.begin();
      open.execute(ADD, "@open:x");
      assertThat(total()).isEqualTo(before + 1_100);
      open.commit();
    }

    assertThat(rows()).isLessThan(20);
    assertThat(total()).isEqualTo(before + 1_101);
  }

  @Test
  void changesAreFoldedTogetherWhileMediaArePutIntoQuarantine() {
    addOneByOne("@first-", 1_100);

    jdbi.useTransaction(
        open -> {
          new Quarantine(jdbi).add(List.of(new MediaName("x", "m")), "x", "@admin:x");
          CompletableFuture.runAsync(this::total).join();
        });

    assertThat(rows()).isLessThan(20);
  }

  @Test
  void manyWhoReadAndFoldAtTheSameTimeSeeEveryChangeOnce() {
    long before = total();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int client = 0; client < 4; client++) {
      String name = "@client-" + client + "-";
      all.add(CompletableFuture.runAsync(() -> addOneByOne(name, 1_500)));
      all.add(CompletableFuture.runAsync(this::readOften));
    }
    all.forEach(CompletableFuture::join);

    assertThat(total()).isEqualTo(before + 6_000);
  }

  private void readOften() {
    for (int n = 0; n < 100; n++) {
      total();
    }
  }

  private void addOneByOne(String name, int number) {
    jdbi.useHandle(
        handle -> {
          for (int n = 0; n < number; n++) {
            handle.execute(ADD, name + n + ":x");
          }
        });
  }

  private long total() {
    return accounts.list(filter(true, null, true, null, List.of())).total();
  }

  private long rows() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select count(*) from homeserver.account_count")
                .mapTo(Long.class)
                .one());
  }

  /** Counts the accounts with the conditions of the list, without the rows that triggers keep. */
  private long counted(AccountFilter filter) {
    AccountListSql sql = AccountListSql.of(filter);
    return jdbi.withHandle(
        handle ->
            sql.bind(
                    handle.createQuery(
                        sql.count()
                            .replace(
                                AccountCounts.TOTAL, "select count(*) from homeserver.account a ")))
                .mapTo(Long.class)
                .one());
  }

  private static List<AccountFilter> filters() {
    return List.of(
        filter(true, null, true, null, List.of()),
        filter(false, null, true, null, List.of()),
        filter(true, false, false, null, List.of()),
        filter(true, true, true, true, List.of()),
        filter(true, null, true, false, List.of("")),
        filter(true, null, true, null, List.of("bot", "support")));
  }

  private static AccountFilter filter(
      boolean guests, Boolean deactivated, boolean locked, Boolean admins, List<String> not) {
    return new AccountFilter(
        0, 1, null, null, guests, deactivated, locked, admins, not, AccountOrder.NAME, false);
  }
}
