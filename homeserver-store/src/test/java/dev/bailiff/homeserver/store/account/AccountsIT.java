package dev.bailiff.homeserver.store.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.list.Page;
import dev.bailiff.homeserver.store.list.Patch;
import dev.bailiff.testing.RandomText;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccountsIT {
  private static final String ADA = Community.user("ada");
  private static final AccountFilter ALL =
      new AccountFilter(
          0, 100, null, null, true, null, true, null, List.of(), AccountOrder.NAME, false);

  @RegisterExtension final PostgresExtension postgres = Community.database();

  private Jdbi jdbi;
  private Accounts accounts;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    accounts = new Accounts(jdbi);
  }

  @Test
  void accountHasEverythingTheSnapshotSaid() {
    Account ada = accounts.find(ADA).orElseThrow();

    assertThat(ada.displayname()).isEqualTo("Ada");
    assertThat(ada.avatarUrl()).startsWith("mxc://chat.example/");
    assertThat(ada.threepids())
        .containsExactly(new Threepid("email", "ada@mail.example", 1795368125229L, 1795368125229L));
    assertThat(ada.externalIds()).containsExactly(new ExternalId("oidc-corp", "ada-1000"));
    assertThat(ada.lastSeenAt()).isNotNull();
    assertThat(accounts.find(Community.user("ADA"))).isEmpty();
  }

  @Test
  void listPagesAndCountsIndependently() {
    Page<AccountSummary> page = accounts.list(filter(5, 10, null, null));

    assertThat(page.total()).isEqualTo(71);
    assertThat(page.items()).hasSize(10).extracting(AccountSummary::userId).isSorted();
    assertThat(accounts.list(filter(0, 0, null, null))).isEqualTo(new Page<>(List.of(), 71));
  }

  @Test
  void wildcardsOfSqlAreOrdinaryLetters() {
    assertThat(accounts.list(filter(0, 100, null, "%")).total()).isZero();
    assertThat(accounts.list(filter(0, 100, null, "_")).total()).isZero();
    assertThat(accounts.list(filter(0, 100, null, "GAIN-0")).total()).isPositive();
    assertThat(accounts.list(filter(0, 100, "ADA:CHAT", null)).total()).isEqualTo(1);
  }

  @Test
  void nameIsFoundInAnyLetterCaseBeyondAscii() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update homeserver.account set displayname = 'Ærøskøbing' where user_id = ?", ADA));

    assertThat(accounts.list(filter(0, 100, null, "ÆRØ")).items())
        .extracting(AccountSummary::userId)
        .containsExactly(ADA);
  }

  @Test
  void everyOrderIsAcceptedInBothDirections() {
    for (AccountOrder order : AccountOrder.values()) {
      for (boolean descending : new boolean[] {true, false}) {
        assertThat(
                accounts
                    .list(
                        new AccountFilter(
                            0,
                            100,
                            null,
                            null,
                            true,
                            null,
                            true,
                            null,
                            List.of(),
                            order,
                            descending))
                    .items())
            .hasSize(71);
      }
    }
    assertThat(AccountOrder.of("last_seen_ts")).contains(AccountOrder.LAST_SEEN_TS);
    assertThat(AccountOrder.of("password_hash")).isEmpty();
  }

  @Test
  void displayNamesOfAnyLengthAreInTheirExactOrder() {
    String beginning = "m".repeat(255);
    List<String> names =
        List.of(beginning, beginning + "a" + RandomText.ofLength(4_000), beginning + "b", "n");
    for (int i = 0; i < 8; i++) {
      named("@long-" + i + ":x", names.get(3 - i % 4));
    }
    List<String> ascending =
        List.of("3", "7", "2", "6", "1", "5", "0", "4").stream()
            .map(i -> "@long-" + i + ":x")
            .toList();
    List<String> textDescending =
        List.of("0", "4", "1", "5", "2", "6", "3", "7").stream()
            .map(i -> "@long-" + i + ":x")
            .toList();

    assertThat(longNamed(false)).isEqualTo(ascending);
    assertThat(longNamed(true)).isEqualTo(textDescending);
  }

  @Test
  void typesAreLeftOutWithTheEmptyOneForNone() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update homeserver.account set user_type = 'bot' where user_id = ?", ADA));

    assertThat(accounts.list(withoutTypes(List.of("bot"))).items())
        .hasSizeGreaterThan(60)
        .extracting(AccountSummary::userId)
        .doesNotContain(ADA);
    assertThat(accounts.list(withoutTypes(List.of(""))).items())
        .extracting(AccountSummary::userId)
        .contains(ADA);
    assertThat(accounts.list(withoutTypes(List.of("", "bot", "support"))).total()).isZero();
  }

  @Test
  void newAccountIsCreatedWhole() {
    boolean created =
        accounts.save(
            new AccountChange(
                Community.user("new"),
                new Patch<>("New"),
                List.of(new ThreepidKey("email", " New@Mail.example ")),
                List.of(new ExternalId("oidc", "n-1")),
                new Patch<>("mxc://chat.example/x"),
                true,
                "$2b$hash",
                true,
                true,
                true,
                new Patch<>("bot")));

    Account account = accounts.find(Community.user("new")).orElseThrow();
    assertThat(created).isTrue();
    assertThat(account.admin()).isTrue();
    assertThat(account.deactivated()).isFalse();
    assertThat(account.locked()).isFalse();
    assertThat(account.userType()).isEqualTo("bot");
    assertThat(account.createdAt() % 1000).isZero();
    assertThat(account.threepids())
        .extracting(Threepid::address)
        .containsExactly("new@mail.example");
    assertThat(accounts.findForLogin(Community.user("NEW")))
        .contains(new LoginAccount(Community.user("new"), "$2b$hash", false, false));
    assertThat(accounts.findByThreepid(new ThreepidKey("email", "NEW@mail.example")))
        .contains(Community.user("new"));
  }

  @Test
  void addressOfAnotherUserMovesAndOneThatStaysKeepsItsTimes() {
    String bob = Community.user("mod1");
    ThreepidKey ofAda = new ThreepidKey("email", "ada@mail.example");

    accounts.save(change(ADA, List.of(ofAda, new ThreepidKey("msisdn", "4512345")), null));
    assertThat(accounts.find(ADA).orElseThrow().threepids().get(0).addedAt())
        .isEqualTo(1795368125229L);
    accounts.save(change(bob, List.of(ofAda), null));

    assertThat(accounts.findByThreepid(ofAda)).contains(bob);
    assertThat(accounts.find(ADA).orElseThrow().threepids())
        .extracting(Threepid::medium)
        .containsExactly("msisdn");
  }

  @Test
  void externalIdOfAnotherUserRefusesTheWholeChange() {
    String bob = Community.user("mod1");
    AccountChange change = change(bob, List.of(), List.of(new ExternalId("oidc-corp", "ada-1000")));
    Account before = accounts.find(bob).orElseThrow();

    assertThatThrownBy(() -> accounts.save(change)).isInstanceOf(ExternalIdInUseException.class);

    assertThat(accounts.find(bob)).contains(before);
    assertThat(accounts.find(ADA).orElseThrow().externalIds()).hasSize(1);
  }

  @Test
  void newPasswordEndsTheSessions() {
    accounts.save(
        new AccountChange(ADA, null, null, null, null, null, "$2b$new", true, null, null, null));

    assertThat(rows("homeserver.access_token")).isZero();
    assertThat(rows("homeserver.device")).isZero();
    assertThat(accounts.findForLogin(ADA).orElseThrow().passwordHash()).isEqualTo("$2b$new");
  }

  @Test
  void reactivationBringsTheAccountBackAndNothingElse() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update homeserver.account set deactivated = true, erased = true, password_hash = null"
                    + " where user_id = ?",
                ADA));

    accounts.save(
        new AccountChange(ADA, null, null, null, null, null, null, true, false, null, null));

    Account ada = accounts.find(ADA).orElseThrow();
    assertThat(ada.deactivated()).isFalse();
    assertThat(ada.erased()).isFalse();
    assertThat(accounts.findForLogin(ADA).orElseThrow().passwordHash()).isNull();
  }

  private void named(String user, String name) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into homeserver.account (user_id, created_at, displayname) values (?, 0, ?)",
                user,
                name));
  }

  private List<String> longNamed(boolean descending) {
    var filter =
        new AccountFilter(
            0,
            100,
            "@long-",
            null,
            true,
            null,
            true,
            null,
            List.of(),
            AccountOrder.DISPLAYNAME,
            descending);
    return accounts.list(filter).items().stream().map(AccountSummary::userId).toList();
  }

  private long rows(String table) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select count(*) from " + table + " where user_id = ?")
                .bind(0, ADA)
                .mapTo(Long.class)
                .one());
  }

  private static AccountFilter filter(long from, long limit, String userId, String name) {
    return new AccountFilter(
        from, limit, userId, name, true, null, true, null, List.of(), AccountOrder.NAME, false);
  }

  private static AccountFilter withoutTypes(List<String> types) {
    return new AccountFilter(
        ALL.from(), ALL.limit(), null, null, true, null, true, null, types, ALL.order(), false);
  }

  private static AccountChange change(
      String user, List<ThreepidKey> threepids, List<ExternalId> externalIds) {
    return new AccountChange(
        user, null, threepids, externalIds, null, null, null, true, null, null, null);
  }
}
