package dev.bailiff.homeserver.store.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.RoomRows;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.server.QueryPlan;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoomsIT {
  private static final String ROOM = "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA";

  @RegisterExtension final PostgresExtension postgres = Community.database();

  private Jdbi jdbi;
  private Rooms rooms;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    rooms = new Rooms(jdbi);
  }

  /**
   * The expected values are the answer of the Synapse server that the snapshot was exported from.
   */
  @Test
  void detailsAreThoseOfTheRealServer() {
    assertThat(rooms.find(ROOM, Community.SERVER))
        .contains(
            new RoomDetails(
                ROOM,
                "signal anchor",
                "#river-0:chat.example",
                19,
                19,
                24,
                "12",
                "@ada:chat.example",
                null,
                true,
                false,
                "public",
                null,
                "shared",
                28,
                null,
                "Beacon bridge meadow?",
                "mxc://chat.example/EAIuTyROqJdrkpSmhxILKqmN",
                false,
                false,
                null));
    assertThat(rooms.find("!unknown", Community.SERVER)).isEmpty();
  }

  @Test
  void roomWithoutStateKeepsWhatItsCreationSaid() {
    jdbi.useHandle(
        handle -> {
          handle.execute("delete from homeserver.current_state where room_id = ?", ROOM);
          handle.execute("update homeserver.room set state_events = 28 where room_id = ?", ROOM);
          handle.execute(
              "update homeserver.membership set membership = 'leave', forgotten = true where"
                  + " room_id = ?",
              ROOM);
        });

    RoomDetails details = rooms.find(ROOM, Community.SERVER).orElseThrow();

    assertThat(details.name()).isNull();
    assertThat(details.joinedMembers()).isZero();
    assertThat(details.joinedLocalDevices()).isZero();
    assertThat(details.stateEvents()).isEqualTo(28);
    assertThat(details.forgotten()).isTrue();
    assertThat(details.federatable()).isTrue();
    assertThat(details.creator()).isEqualTo("@ada:chat.example");
    assertThat(rooms.joinedMembers(ROOM, null, 100)).isEmpty();
  }

  @Test
  void membersComeInPages() {
    List<String> all = rooms.joinedMembers(ROOM, null, 100);
    List<String> first = rooms.joinedMembers(ROOM, null, 10);
    List<String> second = rooms.joinedMembers(ROOM, first.get(9), 10);

    assertThat(all).hasSize(19).isSorted();
    assertThat(first).isEqualTo(all.subList(0, 10));
    assertThat(second).isEqualTo(all.subList(10, 19));
    assertThat(rooms.known(ROOM)).isTrue();
    assertThat(rooms.known("!unknown")).isFalse();
  }

  @Test
  void aliasesOfARoomComeInPages() {
    new RoomRows(jdbi).alias("#a:chat.example", ROOM);
    new RoomRows(jdbi).alias("#z:chat.example", ROOM);

    assertThat(rooms.aliases(ROOM, null, 2))
        .containsExactly("#a:chat.example", "#river-0:chat.example");
    assertThat(rooms.aliases(ROOM, "#river-0:chat.example", 2)).containsExactly("#z:chat.example");
    assertThat(rooms.aliases("!unknown", null, 2)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aliasesOfARoomAreFoundWithoutReadingThoseOfOthers(QueryPlan.Mode mode) {
    jdbi.useHandle(
        handle -> {
          handle.execute(
              "insert into homeserver.room_alias (alias, room_id) select '#' || n, '!' || n from"
                  + " generate_series(1, 20000) n");
          handle.execute("analyze homeserver.room_alias");

          var plan =
              QueryPlan.of(
                  handle,
                  mode,
                  RoomSql.ALIASES,
                  Map.of("roomId", "'!7'", "after", "''", "limit", "1000"));

          assertThat(plan.fullReads("room_alias")).isEmpty();
          assertThat(plan.reads("room_alias")).allMatch(read -> read.contains("room_id"));
        });
  }

  @Test
  void firstBlockerStaysUntilTheRoomIsUnblocked() {
    rooms.block("!any:where", "@first:chat.example");
    rooms.block("!any:where", "@second:chat.example");

    assertThat(rooms.blockedBy("!any:where")).contains("@first:chat.example");
    rooms.unblock("!any:where");
    rooms.unblock("!any:where");
    assertThat(rooms.blockedBy("!any:where")).isEmpty();
  }
}
