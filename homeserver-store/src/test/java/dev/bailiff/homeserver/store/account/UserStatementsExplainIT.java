package dev.bailiff.homeserver.store.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.device.DeviceStatements;
import dev.bailiff.homeserver.store.membership.ProfileStatements;
import dev.bailiff.homeserver.store.session.AccessStatements;
import dev.bailiff.homeserver.store.session.Sessions;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.server.QueryPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With 20,000 users, no statement about one user reads a table from end to end, and no search for a
 * part of a name reads all accounts. A list without a search in an order that has an index reads
 * accounts up to the end of its page; in the other orders it reads all accounts.
 */
class UserStatementsExplainIT {
  private static final Map<String, String> ARGUMENTS =
      Map.ofEntries(
          Map.entry("user", "'@user-7:x'"),
          Map.entry("userId", "'@user-7:x'"),
          Map.entry("users", "array['@user-7:x', '@user-8:x']"),
          Map.entry("device", "'D'"),
          Map.entry("devices", "array['D', 'E']"),
          Map.entry("kept", "'D'"),
          Map.entry("name", "'Phone'"),
          Map.entry("from", "100"),
          Map.entry("after", "'!room-1:x'"),
          Map.entry("size", "200"),
          Map.entry("events", "array['$1', '$2']"),
          Map.entry("sha256", "sha256('x')"),
          Map.entry("value", "true"),
          Map.entry("passwordHash", "'x'"),
          Map.entry("messagesPerSecond", "1"),
          Map.entry("burstCount", "1"),
          Map.entry("medium", "'email'"),
          Map.entry("address", "'7@x'"),
          Map.entry("provider", "'p'"),
          Map.entry("id", "'7'"),
          Map.entry("providers", "array['p']"),
          Map.entry("ids", "array['7']"),
          Map.entry("limit", "100"));

  private static final List<String> TABLES =
      List.of(
          "account",
          "device",
          "access_token",
          "connection",
          "pusher",
          "e2e_key",
          "threepid",
          "external_id",
          "account_data",
          "ratelimit_override",
          "cross_signing_key",
          "membership",
          "current_state",
          "event");

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private static Jdbi jdbi;

  @BeforeAll
  static void generate() {
    jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(
        handle -> {
          handle.execute("set synchronous_commit = off");
          for (String into :
              List.of(
                  "account (user_id, created_at, displayname) select '@user-' || n || ':x', n, 'Name ' || n",
                  "device (user_id, device_id) select '@user-' || n || ':x', 'D'",
                  "access_token (token_sha256, user_id, device_id) select sha256(n::text::bytea), '@user-' || n || ':x', 'D'",
                  "connection select '@user-' || n || ':x', 'D', '10.0.0.1', 'x', n",
                  "pusher select '@user-' || n || ':x', 'app', 'key', 'http', 'A', 'D', ''",
                  "e2e_key select '@user-' || n || ':x', 'D', 'device', sha256('x'), '{}'",
                  "threepid select 'email', n || '@x', '@user-' || n || ':x', 0, 0",
                  "external_id select 'p', n::text, '@user-' || n || ':x'",
                  "account_data select '@user-' || n || ':x', null, 'm.direct', '{}'",
                  "ratelimit_override select '@user-' || n || ':x', 1, 1",
                  "cross_signing_key select '@user-' || n || ':x', 'master', '{}'",
                  "membership select '!room-' || n % 50 || ':x', '@user-' || n || ':x', 'join', '$m' || n",
                  "current_state select '!room-' || n % 50 || ':x', 'm.room.member', '@user-' || n || ':x', '$m' || n")) {
            handle.execute("insert into homeserver." + into + " from generate_series(1, 20000) n");
          }
          handle.execute(
              """
              insert into homeserver.event
                (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, state_key, content)
              select n, n, n, '!room-' || n % 50 || ':x', '$' || n,
                     case when n % 10 = 0 then 'm.room.member' else 'm.room.message' end, '@user-' || n % 1000 || ':x',
                     case when n % 10 = 0 then '@user-' || n % 1001 || ':x' end, '{}'
              from generate_series(1, 60000) n
              """);
          for (String table : TABLES) {
            handle.execute("vacuum analyze homeserver." + table);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void noStatementAboutOneUserReadsATableFromEndToEnd(QueryPlan.Mode mode) {
    jdbi.useHandle(
        handle -> ofOneUser().forEach(sql -> assertReadsNoTableWhole(handle, mode, sql)));
  }

  @ParameterizedTest
  @EnumSource
  void searchForAPartOfANameFindsItsIndexes(QueryPlan.Mode mode) {
    Map<String, String> parts =
        Map.of("name", "'%e 4711%'", "userId", "'%user-4711%'", "limit", "100", "from", "0");

    jdbi.useHandle(
        handle -> {
          for (AccountFilter filter : List.of(filter("user-4711", null), filter(null, "e 4711"))) {
            AccountListSql sql = AccountListSql.of(filter);
            for (String statement : List.of(sql.count(), sql.page())) {
              QueryPlan plan = QueryPlan.of(handle, mode, statement, parts);
              assertThat(plan.fullReads("account")).as("%s%n%s", statement, plan).isEmpty();
              assertThat(plan.toString()).contains("trigrams");
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"NAME", "DISPLAYNAME", "CREATION_TS"})
  void pageInAnOrderThatHasAnIndexIsReadFromIt(AccountOrder order) {
    Map<String, String> values = Map.of("deactivated", "false", "limit", "100", "from", "200");

    jdbi.useHandle(
        handle -> {
          for (boolean descending : List.of(false, true)) {
            var filter =
                new AccountFilter(
                    200, 100, null, null, true, false, false, null, List.of(), order, descending);
            AccountListSql sql = AccountListSql.of(filter);
            QueryPlan page =
                QueryPlan.of(handle, QueryPlan.Mode.FORCE_CUSTOM_PLAN, sql.page(), values);
            assertThat(page.reads("account"))
                .as("%s", page)
                .allMatch(read -> read.startsWith("Index"));
            QueryPlan count =
                QueryPlan.of(handle, QueryPlan.Mode.FORCE_CUSTOM_PLAN, sql.count(), values);
            assertThat(count.reads("account")).as("%s", count).isEmpty();
          }
        });
  }

  private static void assertReadsNoTableWhole(Handle handle, QueryPlan.Mode mode, String sql) {
    QueryPlan plan = QueryPlan.of(handle, mode, sql, ARGUMENTS);
    for (String table : TABLES) {
      assertThat(plan.fullReads(table)).as("%s%n%s", sql, plan).isEmpty();
    }
  }

  private static AccountFilter filter(String userId, String name) {
    return new AccountFilter(
        0, 100, userId, name, true, null, true, null, List.of(), AccountOrder.NAME, false);
  }

  private static Stream<String> ofOneUser() {
    return Stream.of(
            Stream.of(
                AccountSql.FIND,
                AccountSql.THREEPIDS,
                AccountSql.EXTERNAL_IDS,
                AccountSql.FIND_FOR_LOGIN,
                AccountSql.FIND_BY_THREEPID,
                AccountSql.FIND_BY_EXTERNAL_ID,
                AccountSql.ADMIN,
                AccountSql.EXTERNAL_IDS_OF_OTHERS,
                AccountSql.SET_PASSWORD,
                AccountDataEntries.LIST,
                RateLimitOverrides.FIND,
                RateLimitOverrides.SET,
                RateLimitOverrides.REMOVE,
                UserRooms.JOINED,
                UserRooms.MEMBERSHIPS,
                UserRooms.EVENTS_ABOUT_OTHERS,
                UserRooms.EVENTS_OF_MEMBER,
                Sessions.DROP_TOKENS,
                Sessions.DROP_OTHER_TOKENS),
            Stream.of(AccountFlag.values()).map(AccountFlag::update),
            DeviceStatements.all(),
            AccessStatements.all(),
            ProfileStatements.all())
        .flatMap(part -> part);
  }
}
