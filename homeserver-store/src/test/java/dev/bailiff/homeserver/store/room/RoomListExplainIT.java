package dev.bailiff.homeserver.store.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.server.QueryPlan;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With 20,000 rooms, a page by name or by joined members is read from an index. */
class RoomListExplainIT {
  private static final Map<String, String> PAGE = Map.of("limit", "100", "from", "200");

  /** Matches a sort. Only the rooms of the page may be sorted. */
  private static final Pattern SORTS =
      Pattern.compile("\"Node Type\" : \"Sort\",[^\\[]*\"Sort Key\" : \\[ \"([^\"]*)");

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  @Test
  void pageByNameOrMembersIsReadFromAnIndexAndTheCountReadsNoSummaries() {
    Jdbi jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(
        handle -> {
          handle.execute("set synchronous_commit = off");
          handle.execute(
              """
              insert into homeserver.room (room_id, room_version)
              select '!' || n || ':x', '10' from generate_series(1, 60000) n
              """);
          handle.execute(
              """
              insert into homeserver.room_summary (room_id, name, joined_members)
              select '!' || n || ':x',
                     case when n % 5 = 0 then null
                          when n % 100 = 1 then repeat('Long name ', 30) || n
                          else 'Room ' || n end, n % 300
              from generate_series(1, 60000) n
              """);
          handle.execute("vacuum analyze homeserver.room");
          handle.execute("vacuum analyze homeserver.room_summary");
          for (RoomOrder order : List.of(RoomOrder.NAME, RoomOrder.JOINED_MEMBERS)) {
            for (boolean backwards : List.of(false, true)) {
              QueryPlan page =
                  QueryPlan.of(
                      handle,
                      QueryPlan.Mode.FORCE_CUSTOM_PLAN,
                      RoomListSql.of(filter(order, backwards)).page(),
                      PAGE);
              assertThat(page.reads("room_summary"))
                  .as("%s", page)
                  .allMatch(read -> read.startsWith("Index"));
              assertThat(page.fullReads("room")).as("%s", page).isEmpty();
              assertThat(SORTS.matcher(page.toString()).results())
                  .as("%s", page)
                  .allMatch(sort -> sort.group(1).matches("p\\.place|\\(row_number.*"));
            }
          }
          QueryPlan count =
              QueryPlan.of(
                  handle,
                  QueryPlan.Mode.FORCE_CUSTOM_PLAN,
                  RoomListSql.of(filter(RoomOrder.NAME, false)).count(),
                  PAGE);
          assertThat(count.reads("room_summary")).as("%s", count).isEmpty();
        });
  }

  private static RoomFilter filter(RoomOrder order, boolean backwards) {
    return new RoomFilter(200, 100, null, null, null, order, backwards);
  }
}
