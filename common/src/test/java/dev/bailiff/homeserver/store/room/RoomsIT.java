package dev.bailiff.homeserver.store.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.testing.Community;
import dev.bailiff.testing.PostgresExtension;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoomsIT {
  private static final String ROOM = "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA";

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.community();

  private Jdbi jdbi;
  private Rooms rooms;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    rooms = new Rooms(jdbi);
  }

  /** What the Synapse answers that the snapshot was exported from. */
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
              "update homeserver.membership set membership = 'leave', forgotten = true where room_id = ?",
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
  void firstBlockerStaysUntilTheRoomIsUnblocked() {
    rooms.block("!any:where", "@first:chat.example");
    rooms.block("!any:where", "@second:chat.example");

    assertThat(rooms.blockedBy("!any:where")).contains("@first:chat.example");
    rooms.unblock("!any:where");
    rooms.unblock("!any:where");
    assertThat(rooms.blockedBy("!any:where")).isEmpty();
  }
}
