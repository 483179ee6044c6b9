package dev.bailiff.homeserver.store.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.batch.UnknownNames;
import dev.bailiff.homeserver.store.history.HistorySql;
import dev.bailiff.homeserver.store.media.LocalMediaSql;
import dev.bailiff.homeserver.store.redaction.RedactionPowers;
import dev.bailiff.homeserver.store.room.RoomEventSql;
import dev.bailiff.homeserver.store.snapshot.EventWriterSql;
import dev.bailiff.homeserver.store.timeline.TimelineEventSql;
import dev.bailiff.testing.server.BulkLoad;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.server.QueryPlan;
import java.lang.reflect.Modifier;
import java.util.HashMap;
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
 * With a room of a million events beside two hundred small ones, no statement reads the event table
 * or one of its indexes from end to end, neither with a plan for the given values nor with a
 * generic plan.
 */
class EventStatementsExplainIT {
  private static final String EVENT = "event";

  private static final Map<String, String> ARGUMENTS =
      Map.ofEntries(
          Map.entry("room", "'!big:x'"),
          Map.entry("roomId", "'!big:x'"),
          Map.entry("user", "'@spam:x'"),
          Map.entry("server", "'x'"),
          Map.entry("rooms", "array['!big:x', '!small-3:x']"),
          Map.entry("roomIds", "array['!big:x', '!small-3:x']"),
          Map.entry("users", "array['@spam:x', '@spam:x']"),
          Map.entry("ids", "array['@spam:x', '!big:x', '@nobody:x']"),
          Map.entry("types", "array['m.room.create', 'm.room.name']"),
          Map.entry("senders", "array['@spam:x', '@spam:x']"),
          Map.entry("eventIds", "array['$new-1', '$new-2']"),
          Map.entry("stateKeys", "array[null, null]::text[]"),
          Map.entry("contents", "array['{}', '{}']"),
          Map.entry("relatesTo", "array[null, null]::text[]"),
          Map.entry("relTypes", "array[null, null]::text[]"),
          Map.entry("viewer", "'@spam:x'"),
          Map.entry("extras", "array[null, null]::text[]"),
          Map.entry("orderings", "array[500000, 1000003]::bigint[]"),
          Map.entry("streamOrderings", "array[2000000, 2000001]::bigint[]"),
          Map.entry("depths", "array[1, 1]::bigint[]"),
          Map.entry("times", "array[1, 1]::bigint[]"),
          Map.entry("outliers", "array[false, false]"),
          Map.entry("rejected", "array[false, false]"),
          Map.entry("softFailed", "array[false, false]"),
          Map.entry("newest", "array[900000, 1100000]::bigint[]"),
          Map.entry("oldest", "array[100000, 1000000]::bigint[]"),
          Map.entry("afterAt", "null"),
          Map.entry("beforeAt", "null"),
          Map.entry("contains", "'coins'"),
          Map.entry("everywhere", "true"),
          Map.entry("afterRoom", "'!a'"),
          Map.entry("below", "9000000000000000000"),
          Map.entry("after", "500000"),
          Map.entry("bound", "501000"),
          Map.entry("fromDepth", "500000"),
          Map.entry("fromArrival", "500000"),
          Map.entry("toDepth", "501000"),
          Map.entry("toArrival", "501000"),
          Map.entry("planned", "1200000"),
          Map.entry("localEvents", "false"),
          Map.entry("eventId", "'$500000'"),
          Map.entry("depth", "500000"),
          Map.entry("arrival", "500000"),
          Map.entry("fromType", "'m.room.member'"),
          Map.entry("fromKey", "'@user-500:x'"),
          Map.entry("type", "'m.room.member'"),
          Map.entry("at", "500000"),
          Map.entry("size", "1000"),
          Map.entry("behind", "array[-1, 500000]::bigint[]"),
          Map.entry("share", "array[500, 500]::bigint[]"),
          Map.entry("limit", "50000"));

  /** In some statements these names stand for single values. */
  private static final Map<String, String> SCALARS = Map.of("newest", "600000");

  private static final Map<String, String> ARRAYS =
      Map.of("afterAt", "array[null, 5]::bigint[]", "beforeAt", "array[null, 5]::bigint[]");

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private static Jdbi jdbi;

  @BeforeAll
  static void generate() {
    jdbi = Database.jdbi(postgres.dataSource());
    BulkLoad.into(
        jdbi,
        List.of("homeserver.event", "homeserver.redaction", "homeserver.current_state"),
        handle -> {
          handle.execute(
              """
              insert into homeserver.event
                (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, state_key, content,
                 relates_to, rel_type)
              select n, n, n, case when n <= 1000000 then '!big:x' else '!small-' || n % 200 || ':x' end,
                     '$' || n,
                     case when n % 100 = 0 then 'm.room.member' else 'm.room.message' end,
                     case when n % 7 = 0 then '@spam:x' else '@user-' || n % 1000 || ':x' end,
                     case when n % 100 = 0 then '@user-' || n % 1000 || ':x' end,
                     '{"body":"x"}', case when n % 50 = 1 then '$' || (n - 1 - n % 100 / 50) end,
                     case when n % 50 = 1 then (array['m.thread', 'm.replace', 'm.reference'])[n % 3 + 1] end
              from generate_series(1, 1200000) n
              """);
          handle.execute(
              """
              insert into homeserver.redaction (event_id, redacts)
              select '$r-' || n, '$' || n from generate_series(7, 700000, 7) n
              """);
          handle.execute(
              """
              insert into homeserver.room (room_id, room_version)
              select '!small-' || n || ':x', '12' from generate_series(0, 199) n
              union all select '!big:x', '12'
              """);
          handle.execute(
              """
              insert into homeserver.current_state (room_id, type, state_key, event_id)
              select '!big:x', 'm.room.member', '@user-' || n || ':x', '$' || n from generate_series(1, 1000) n
              """);
          handle.execute("select setval('homeserver.event_stream_ordering', 1200000)");
        });
  }

  @ParameterizedTest
  @EnumSource
  void noStatementReadsTheEventTableFromEndToEnd(QueryPlan.Mode mode) {
    jdbi.useHandle(
        handle ->
            statements()
                .forEach(
                    sql -> {
                      QueryPlan plan = plan(handle, mode, sql);
                      assertThat(plan.fullReads(EVENT)).as("%s%n%s", sql, plan).isEmpty();
                    }));
  }

  @ParameterizedTest
  @EnumSource
  void purgeIsPlannedFromThePrimaryKeyAlone(QueryPlan.Mode mode) {
    jdbi.useHandle(
        handle -> {
          for (String sql : List.of(EventSql.PURGE_BOUND, EventSql.COUNT_LEFT)) {
            assertThat(plan(handle, mode, sql).reads(EVENT))
                .as(sql)
                .allMatch(read -> read.startsWith("Index Only Scan"))
                .allMatch(read -> read.contains("room_id") && read.contains("stream_ordering"));
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void purgeTouchesOnlyItsRange(QueryPlan.Mode mode) {
    jdbi.useHandle(
        handle ->
            assertThat(plan(handle, mode, EventSql.PURGE).reads(EVENT))
                .allMatch(
                    read ->
                        read.contains("room_id")
                            && read.contains("stream_ordering >")
                            && read.contains("stream_ordering <=")));
  }

  @ParameterizedTest
  @EnumSource
  void purgeOfHistoryTouchesOnlyItsStretch(QueryPlan.Mode mode) {
    jdbi.useHandle(
        handle -> {
          for (String sql :
              List.of(
                  HistorySql.BOUND, HistorySql.DELETE, HistorySql.DETACH, HistorySql.COUNT_LEFT)) {
            // An index scan and a bitmap scan both go from one end of the slice to the other.
            assertThat(plan(handle, mode, sql).toString())
                .as(sql)
                .containsPattern("\"Index Name\" : \"event_depth\"")
                .containsPattern(
                    "\"Index Cond\" : \"\\(\\(room_id = .*ROW\\(depth, stream_ordering\\) >= .*"
                        + "ROW\\(depth, stream_ordering\\) < ");
          }
          assertThat(plan(handle, mode, EventSql.INSERT).toString())
              .as("the deepest event is looked up")
              .containsPattern("\"Index Name\" : \"event_depth\"");
          assertThat(plan(handle, mode, HistorySql.BOUND).reads(EVENT))
              .as("in order, and no further than its limit")
              .allMatch(read -> read.startsWith("Index"));
        });
  }

  @ParameterizedTest
  @EnumSource
  void pageOfAHistoryIsReadInOrderAndNoFurther(QueryPlan.Mode mode) {
    jdbi.useHandle(
        handle -> {
          for (String sql : TimelineEventSql.WALKS) {
            assertThat(plan(handle, mode, sql).toString())
                .as(sql)
                .containsPattern("\"Index Name\" : \"event_depth\"")
                .doesNotContain("\"Sort\"");
          }
        });
  }

  private static QueryPlan plan(Handle handle, QueryPlan.Mode mode, String sql) {
    Map<String, String> arguments = new HashMap<>(ARGUMENTS);
    if (!sql.contains(":newest::bigint[]")) {
      arguments.putAll(SCALARS);
    } else {
      arguments.putAll(ARRAYS);
    }
    if (sql.contains(":below::bigint[]")) {
      arguments.put("below", "array[9000000000000000000, 1100000]::bigint[]");
    }
    return QueryPlan.of(handle, mode, sql, arguments);
  }

  private static List<String> statements() {
    Stream<String> batches =
        Stream.of(EventSql.class, HistorySql.class)
            .flatMap(statements -> Stream.of(statements.getDeclaredFields()))
            .filter(field -> !Modifier.isPrivate(field.getModifiers())) // parts of others
            .filter(field -> !field.isSynthetic()) // JaCoCo adds one
            .map(
                field -> {
                  try {
                    field.setAccessible(true); // each field belongs to its feature's package
                    return (String) field.get(null);
                  } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                  }
                });
    return Stream.of(
            batches,
            Stream.of(RedactionPowers.STATE),
            UnknownNames.ALL.stream(),
            RoomEventSql.ALL.stream(),
            TimelineEventSql.ALL.stream(),
            Stream.of(LocalMediaSql.EVENTS_OF_ROOM),
            EventWriterSql.ALL.stream())
        .flatMap(all -> all)
        .toList();
  }
}
