package dev.bailiff.homeserver.store.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.counting.CountingSql;
import dev.bailiff.schemas.filter.Condition;
import dev.bailiff.schemas.filter.MediaCondition;
import dev.bailiff.schemas.filter.RoomCondition;
import dev.bailiff.schemas.filter.TargetFilter;
import dev.bailiff.schemas.filter.UserCondition;
import dev.bailiff.schemas.kind.TargetType;
import dev.bailiff.testing.server.BulkLoad;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.server.QueryPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A million accounts, rooms and media, and as many events. A count by a condition that has an index
 * reads that index; a condition that is looked up target by target reads an index each time. Only
 * conditions with a written reason read the table of the targets from end to end. A window reads
 * the key, whatever the condition is.
 */
class SelectionExplainIT {
  private static final int ROWS = 1_000_000;

  /** The index by which a count finds its targets. */
  private static final Map<Condition, String> INDEXES =
      Map.ofEntries(
          Map.entry(UserCondition.USER_ID, "account_pkey"),
          Map.entry(UserCondition.DISPLAYNAME, "account_displayname_trigrams"),
          Map.entry(UserCondition.CREATED_AFTER, "account_created_at"),
          Map.entry(UserCondition.IP, "connection_address"),
          Map.entry(UserCondition.IN_ROOM, "membership_present"),
          Map.entry(RoomCondition.ROOM_ID, "room_pkey"),
          Map.entry(RoomCondition.MEMBERS_AT_LEAST, "room_summary_joined_members"),
          Map.entry(RoomCondition.CHILDREN_OF, "room_pkey"),
          Map.entry(RoomCondition.IN_SPACE, "room_pkey"),
          Map.entry(MediaCondition.OWNER, "local_media_open"),
          Map.entry(MediaCondition.CREATED_AFTER, "local_media_created"),
          Map.entry(MediaCondition.LAST_ACCESS_BEFORE, "local_media_last_use"));

  /** The index by which it is looked up whether a target meets the condition. */
  private static final Map<Condition, String> LOOKED_UP =
      Map.of(
          UserCondition.LAST_SEEN_AFTER, "connection_last_seen",
          UserCondition.LAST_SEEN_BEFORE, "connection_last_seen",
          UserCondition.NEVER_SEEN, "connection_last_seen",
          UserCondition.SPOKE, "event_sender",
          RoomCondition.NO_ACTIVITY_SINCE, "event_time",
          RoomCondition.LEFT_OVER, "event_state");

  /**
   * All rows of the targets are read: as the classes that make the conditions say, they have few
   * values, no beginning, or are met by most targets. Small tables beside them are read once.
   */
  private static final Set<Condition> ALL_READ =
      Set.of(
          UserCondition.CREATED_BEFORE,
          UserCondition.HAS_THREEPID,
          UserCondition.USER_TYPE,
          UserCondition.ADMIN,
          UserCondition.GUEST,
          UserCondition.LOCKED,
          UserCondition.SUSPENDED,
          UserCondition.SHADOW_BANNED,
          UserCondition.DEACTIVATED,
          UserCondition.APPSERVICE,
          RoomCondition.NAME,
          RoomCondition.TOPIC,
          RoomCondition.ALIAS,
          RoomCondition.CREATOR,
          RoomCondition.MEMBERS_AT_MOST,
          RoomCondition.LOCAL_MEMBERS_AT_MOST,
          RoomCondition.BLOCKED,
          RoomCondition.ENCRYPTED,
          RoomCondition.PUBLIC,
          MediaCondition.TYPE,
          MediaCondition.CREATED_BEFORE,
          MediaCondition.NEVER_ACCESSED,
          MediaCondition.SIZE_MORE_THAN,
          MediaCondition.QUARANTINED,
          MediaCondition.PROTECTED);

  private static final Map<String, String> ARGUMENTS = arguments();

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private static Jdbi jdbi;

  private static Map<String, String> arguments() {
    var values = new HashMap<String, String>();
    values.put("after", "''");
    values.put("size", "20");
    values.put("skipped", "19999");
    values.put("user_id0", "'@user-0007%'");
    values.put("displayname0", "'%name 4711%'");
    values.put("created_after", "999000");
    values.put("created_before", "999000");
    values.put("last_seen_after", "999000");
    values.put("last_seen_before", "1000");
    values.put("ipFirst", "array['10.0.7.0']");
    values.put("ipLast", "array['10.0.7.255']");
    values.put("inRoom", "array['!room-0000007:x']");
    values.put("userType", "array['bot']");
    values.put("room_id0", "'!room-0007%'");
    values.put("name0", "'%a%'");
    values.put("topic0", "'%a%'");
    values.put("alias0", "'#a%'");
    values.put("mainAlias0", "'#a%'");
    values.put("creator0", "'@user-0000007:x'");
    values.put("members_at_most", "2");
    values.put("members_at_least", "999000");
    values.put("local_members_at_most", "2");
    values.put("no_activity_since", "999000");
    values.put("children_of", "array['!room-0000007:x', '!room-0000008:x']");
    values.put("in_space", "array['!room-0000007:x', '!room-0000008:x']");
    values.put("owner0", "'@user-0000007:x'");
    values.put("type0", "'image/%'");
    values.put("size_more_than", "1000");
    values.put("last_access_before", "1000");
    return values;
  }

  @BeforeAll
  static void generate() {
    jdbi = Database.jdbi(postgres.dataSource());
    BulkLoad.into(
        jdbi,
        Stream.of(
                "account",
                "connection",
                "device",
                "room",
                "room_summary",
                "membership",
                "local_media",
                "event")
            .map(table -> "homeserver." + table)
            .toList(),
        handle -> {
          var user = "'@user-' || lpad(n::text, 7, '0') || ':x'";
          var room = "'!room-' || lpad(n::text, 7, '0') || ':x'";
          for (var into :
              List.of(
                  "account (user_id, created_at, displayname) select " + user + ", n, 'Name ' || n",
                  "connection select "
                      + user
                      + ", 'D', '10.' || n / 65536 || '.' || n / 256 % 256 || '.' || n % 256, 'x', n",
                  "device (user_id, device_id) select " + user + ", 'D'",
                  "room (room_id, room_version, creator) select " + room + ", '10', " + user,
                  "room_summary (room_id, name, joined_members) select "
                      + room
                      + ", 'Room ' || n, n",
                  "membership select '!room-' || lpad((n / 100)::text, 7, '0') || ':x', "
                      + user
                      + ", 'join', '$m' || n",
                  "local_media (media_id, user_id, media_type, media_length, created_at) select 'm' || lpad(n::text, 7, '0'), "
                      + user
                      + ", 'image/png', n, n",
                  "event (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, state_key, content) select n, 1, n, "
                      + room
                      + ", '$' || n, case when n % 2 = 0 then 'm.room.create' else 'm.room.message' end, "
                      + user
                      + ", case when n % 2 = 0 then '' end, '{}'")) {
            handle.execute(
                "insert into homeserver." + into + " from generate_series(1, " + ROWS + ") n");
          }
        });
  }

  @Test
  void everyConditionHasAnIndexOrAReason() {
    var known = new TreeSet<String>();
    INDEXES.keySet().forEach(condition -> known.add(name(condition)));
    LOOKED_UP.keySet().forEach(condition -> known.add(name(condition)));
    ALL_READ.forEach(condition -> known.add(name(condition)));
    var all = new TreeSet<String>();
    for (var targets : TargetType.values()) {
      Condition.of(targets).forEach(condition -> all.add(name(condition)));
    }

    assertThat(known).isEqualTo(all);
  }

  private static String name(Condition condition) {
    return condition.getClass().getSimpleName() + " " + condition.name();
  }

  @Test
  void countByAConditionThatHasAnIndexReadsIt() {
    jdbi.useHandle(
        handle ->
            INDEXES.forEach(
                (condition, index) -> {
                  var plan = plan(handle, condition, sql(handle, condition).count(false));
                  assertThat(plan.toString()).as("%s", condition.key()).contains(index);
                  assertThat(plan.fullReads(table(condition)))
                      .as("%s%n%s", condition.key(), plan)
                      .isEmpty();
                }));
  }

  @Test
  void whatIsLookedUpTargetByTargetHasAnIndex() {
    jdbi.useHandle(
        handle ->
            LOOKED_UP.forEach(
                (condition, index) -> {
                  var plan = plan(handle, condition, sql(handle, condition).count(false));
                  assertThat(plan.toString()).as("%s", condition.key()).contains(index);
                  for (var table : List.of("event", "connection", "device")) {
                    assertThat(plan.fullReads(table)).as("%s%n%s", condition.key(), plan).isEmpty();
                  }
                }));
  }

  @ParameterizedTest
  @EnumSource
  void windowReadsTheKeyWhateverTheConditionIs(TargetType targets) {
    jdbi.useHandle(
        handle -> {
          for (var condition : Condition.of(targets)) {
            var sql = sql(handle, condition);
            for (var statement : List.of(sql.page(true), sql.count(true), sql.windowEnd())) {
              var plan = plan(handle, condition, statement);
              for (var table :
                  List.of(
                      "account", "room", "room_summary", "local_media", "event", "connection")) {
                assertThat(plan.fullReads(table))
                    .as("%s%n%s%n%s", condition.key(), statement, plan)
                    .isEmpty();
              }
            }
          }
        });
  }

  /** The numbers of a dry run: of a page of users or media, or of one room. */
  @ParameterizedTest
  @EnumSource
  void numbersOfADryRunAreReadByIndexes(QueryPlan.Mode mode) {
    var arguments =
        Map.of(
            "users", "array['@user-0000007:x', '@user-0000008:x']",
            "ids", "array['m0000007', 'm0000008']",
            "room", "'!room-0000007:x'",
            "rooms", "array['!room-0000007:x', '!room-0000008:x']",
            "server", "'x'",
            "largerThan", "999000",
            "beforeAt", "1000");
    jdbi.useHandle(
        handle -> {
          for (var sql : CountingSql.ALL) {
            if (mode == QueryPlan.Mode.FORCE_GENERIC_PLAN && sql.equals(CountingSql.SWEPT_MEDIA)) {
              continue; // Most media may be in a sweep.
            }
            var plan = QueryPlan.of(handle, mode, sql, arguments);
            for (var table : List.of("account", "membership", "local_media", "event", "room")) {
              assertThat(plan.fullReads(table)).as("%s%n%s", sql, plan).isEmpty();
            }
          }
        });
  }

  /** The dearest counts of a million targets end, exact or not, in the time that they have. */
  @Test
  void countsOfAMillionAreRight() {
    var selection = new PostgresSelection(jdbi, StoreTimeouts.defaults());
    var within = java.time.Duration.ofMinutes(2);

    assertThat(selection.count(filter(TargetType.USER, "'spoke': true"), 0, within).count())
        .isEqualTo(ROWS);
    assertThat(selection.count(filter(TargetType.USER, "'ip': '10.0.7.0/24'"), 0, within).count())
        .isEqualTo(256);
    assertThat(selection.count(filter(TargetType.ROOM, "'left_over': true"), 0, within).count())
        .isEqualTo(ROWS / 2);
  }

  private static QueryPlan plan(Handle handle, Condition condition, String sql) {
    var arguments = new HashMap<>(ARGUMENTS);
    var begin =
        Map.of("account", "@user-", "room", "!room-", "local_media", "m").get(table(condition));
    arguments.put("upto", "'" + begin + "0020000'");
    arguments.put("from", "'" + begin + "0007'");
    arguments.put("to", "'" + begin + "0008'");
    return QueryPlan.of(handle, QueryPlan.Mode.FORCE_CUSTOM_PLAN, sql, arguments);
  }

  private static String table(Condition condition) {
    if (condition instanceof UserCondition) {
      return "account";
    }
    return condition instanceof RoomCondition ? "room" : "local_media";
  }

  private static SelectionSql sql(Handle handle, Condition condition) {
    if (condition instanceof UserCondition) {
      return UserSelection.of(filter(TargetType.USER, json(condition)));
    }
    return condition instanceof RoomCondition
        ? RoomSelection.of(
            filter(TargetType.ROOM, json(condition)), spaces -> Set.of("!room-0000007:x"))
        : MediaSelection.of(filter(TargetType.MEDIA, json(condition)));
  }

  private static TargetFilter filter(TargetType targets, String json) {
    return Filter.of(targets, "{" + json + "}");
  }

  private static String json(Condition condition) {
    return "'"
        + condition.key()
        + "': "
        + switch (condition.type()) {
          case GLOB -> glob(condition);
          case TEXT -> "'bot'";
          case ROOM_ID -> "'!room-0000007:x'";
          case ADDRESS -> "'10.0.7.0/24'";
          case FLAG -> "true";
          case TIME -> "'-1h'";
          case NUMBER -> "3";
          case SIZE -> "1000";
        };
  }

  private static String glob(Condition condition) {
    if (condition == UserCondition.USER_ID) {
      return "'@user-0007*'";
    }
    if (condition == RoomCondition.ROOM_ID) {
      return "'!room-0007*'";
    }
    return condition.sigil() == '@' ? "'@user-0000007:x'" : "'*a*'";
  }
}
