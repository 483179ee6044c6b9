package dev.bailiff.homeserver.store.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.event.EventSql;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The rooms of somebody who wrote 20,000 messages in two of them are found without reading these.
 */
class WrittenRoomsPlanIT {
  private static final String WRITER = "@writer:x";

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  @Test
  void eachRoomIsOneStepInTheIndex() {
    Jdbi jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(WrittenRoomsPlanIT::write);

    String plan = jdbi.withHandle(WrittenRoomsPlanIT::plan);
    List<String> rooms =
        jdbi.withHandle(handle -> RedactionPlan.writtenRooms(handle, WRITER, null, 10));

    assertThat(rooms).containsExactly("!room-0:x", "!room-1:x");
    assertThat(plan).contains("event_sender").doesNotContain("Seq Scan on event");
    assertThat(plan.lines().filter(line -> line.contains("event_sender")))
        .isNotEmpty()
        .allMatch(line -> line.matches(".*rows=[01](\\.\\d+)? loops.*"), "a row each");
  }

  private static void write(Handle handle) {
    handle.execute(
        """
        insert into homeserver.event
          (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, content)
        select n, n, n, '!room-' || n % 2 || ':x', '$' || n, 'm.room.message', ?, '{}' from generate_series(1, 20000) n
        """,
        WRITER);
    handle.execute("analyze homeserver.event");
  }

  /** With the rows that each step really read. */
  private static String plan(Handle handle) {
    return String.join(
        "\n",
        handle
            .createQuery("explain (analyze, costs off, timing off) " + EventSql.WRITTEN_ROOMS)
            .bind("user", WRITER)
            .bind("afterRoom", "")
            .bind("limit", 10)
            .mapTo(String.class)
            .list());
  }
}
