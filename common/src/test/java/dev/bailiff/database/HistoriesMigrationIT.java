package dev.bailiff.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events that are there already get what histories tell beside them (migration 9). */
class HistoriesMigrationIT {
  @RegisterExtension final PostgresExtension postgres = PostgresExtension.empty();

  @Test
  void relationsOfStoredEventsAreNoted() {
    Database.flyway(postgres.dataSource()).target("8").load().migrate();
    Jdbi jdbi = Database.jdbi(postgres.dataSource());
    store(jdbi, "$edit", "{\"rel_type\":\"m.replace\",\"event_id\":\"$e\"}");
    store(jdbi, "$reaction", "{\"rel_type\":\"m.annotation\",\"event_id\":\"$e\"}");
    store(jdbi, "$odd", "[5]");
    store(jdbi, "$text", "\"m.thread\"");
    store(jdbi, "$nul", "{\"rel_type\":\"m.thread\",\"event_id\":\"\\u0000\"}");
    store(jdbi, "$long", "{\"rel_type\":\"m.thread\",\"event_id\":\"" + "x".repeat(256) + "\"}");

    Database.migrate(postgres.dataSource());

    List<String> relations =
        jdbi.withHandle(
            handle ->
                handle
                    .select(
                        "select event_id || ' ' || rel_type || ' ' || relates_to from"
                            + " homeserver.event where relates_to is not null or rel_type is not"
                            + " null")
                    .mapTo(String.class)
                    .list());
    assertThat(relations).containsExactly("$edit m.replace $e");
  }

  private static void store(Jdbi jdbi, String id, String relation) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into homeserver.event
                  (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, content)
                values (nextval('homeserver.event_stream_ordering'), 1, 1, '!r:x', ?, 'm.room.message', '@x:y', ?::json)
                """,
                id,
                "{\"body\":\"x\",\"m.relates_to\":" + relation + "}"));
  }
}
