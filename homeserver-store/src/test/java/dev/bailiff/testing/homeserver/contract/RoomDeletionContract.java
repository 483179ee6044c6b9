package dev.bailiff.testing.homeserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.roomdeletion.RoomDeletionPort;
import dev.bailiff.testing.homeserver.BatchDriver;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deleting rooms: a room with an alias, nine joined members and one who is invited. */
public abstract class RoomDeletionContract extends HomeserverContract {
  private static final int OTHERS = 8;

  private String creator;
  private String invited;
  private List<String> joined;
  private String alias;
  private Target room;

  @BeforeEach
  void fill() {
    creator = fixture().newUser("creator");
    invited = fixture().newUser("invited");
    List<String> others = Stream.generate(() -> fixture().newUser("member")).limit(OTHERS).toList();
    joined = Stream.concat(Stream.of(creator), others.stream()).toList();
    room = new Target(0, fixture().newRoom(creator, others.toArray(String[]::new)));
    fixture().invite(room.id(), invited);
    alias = fixture().newAlias(room.id(), "old");
    fixture().send(room.id(), creator, "Hello");
  }

  private RoomDeletionPort port() {
    return homeserver().roomDeletion();
  }

  protected final RoomDeletionSteps steps() {
    return new RoomDeletionSteps(port(), fixture().admin());
  }

  private List<String> leftOf(Target deleted) {
    return left(port().verifyRooms(List.of(deleted), true));
  }

  @Test
  void roomIsShutDownMovedAndPurged() {
    BatchDriver.Total prepared = steps().prepare(room);
    BatchDriver.Total removed = steps().remove(room, prepared.fact("new_room_id"));
    String newRoom =
        Stream.of(prepared, removed)
            .map(total -> total.fact("new_room_id"))
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    BatchDriver.Total moved = steps().moveAliases(room, newRoom);
    steps().purge(room);

    assertThat(prepared.fact("known")).isEqualTo("true");
    assertThat(newRoom).startsWith("!");
    assertThat(removed.list("kicked_users")).containsAll(joined);
    assertThat(removed.list("failed_to_kick_users")).isEmpty();
    assertThat(Stream.of(removed, moved).flatMap(total -> total.list("local_aliases").stream()))
        .containsExactly(alias);
    if (promises(Promise.ROOMS_ARE_SHUT_DOWN_IN_STEPS)) {
      assertThat(prepared.fact("new_room_id")).isEqualTo(newRoom);
      assertThat(removed.list("kicked_users")).hasSize(joined.size() + 1).contains(invited);
      assertThat(removed.done()).isEqualTo(joined.size() + 1);
      assertThat(moved.list("local_aliases")).containsExactly(alias);
    }
    assertThat(port().roomsWithLocalMembers(List.of(room))).isEmpty();
    assertThat(port().roomsWithLocalMembers(List.of(new Target(0, newRoom)))).hasSize(1);
    assertThat(leftOf(room)).isEmpty();
    assertThat(fixture().hasRoom(room.id())).isFalse();
    assertThat(fixture().isBlocked(room.id())).isTrue();
    assertThat(fixture().joinedMembers(newRoom)).containsAll(joined).contains(fixture().admin());
  }

  @Test
  void roomsThatMayBeJoinedAreNotBlocked() {
    Target other = new Target(1, fixture().newRoom(creator));

    steps().prepare(room);

    assertThat(left(port().verifyBlocked(List.of(room)))).isEmpty();
    assertThat(left(port().verifyBlocked(List.of(other)))).containsExactly("not blocked");
  }

  @Test
  void repeatedStepsOfARoomChangeNothing() {
    String newRoom = steps().prepare(room).fact("new_room_id");
    List<Range> members = steps().members(room);
    members.forEach(range -> steps().remove(room, range, newRoom));
    steps().moveAliases(room, newRoom);

    BatchDriver.Total prepared = steps().prepare(room);
    long removedAgain =
        members.stream().mapToLong(range -> steps().remove(room, range, newRoom).done()).sum();
    BatchDriver.Total moved = steps().moveAliases(room, newRoom);

    assertThat(prepared.done()).isZero();
    assertThat(prepared.fact("new_room_id")).isEqualTo(newRoom);
    assertThat(removedAgain).isZero();
    assertThat(moved.done()).isZero();
  }

  @Test
  void purgingWaitsForLocalMembersToBeGoneUnlessForced() {
    assertThat(port().roomsWithLocalMembers(List.of(room))).containsExactly(room);

    BatchDriver.Total refused = steps().finish(room, false);

    assertThat(refused.failures()).hasSize(1);
    assertThat(refused.failures().get(0).status()).isEqualTo(400);
    assertThat(refused.failures().get(0).failsTarget()).isTrue();
    assertThat(leftOf(room)).isNotEmpty();
    assertThat(fixture().joinedMembers(room.id())).containsExactlyInAnyOrderElementsOf(joined);
    steps().purgeEvents(room);
    assertThat(steps().finish(room, true).failures()).isEmpty();
    assertThat(leftOf(room)).isEmpty();
    assertThat(fixture().hasRoom(room.id())).isFalse();
  }

  @Test
  void unknownRoomIsBlockedButNotReplaced() {
    BatchDriver.Total prepared = steps().prepare(UNKNOWN_ROOM);
    steps().purge(UNKNOWN_ROOM);

    assertThat(prepared.failures()).isEmpty();
    assertThat(prepared.fact("known")).isEqualTo("false");
    assertThat(prepared.fact("new_room_id")).isNull();
    assertThat(leftOf(UNKNOWN_ROOM)).isEmpty();
    assertThat(fixture().isBlocked(UNKNOWN_ROOM.id())).isTrue();
  }

  @Test
  void unknownRoomFailsWhereItMustBeKnown() {
    BatchDriver.Total prepared = steps().prepareKnown(UNKNOWN_ROOM);

    assertThat(prepared.failures()).hasSize(1);
    assertThat(prepared.failures().get(0).status()).isEqualTo(404);
    assertThat(prepared.failures().get(0).code()).isEqualTo("M_NOT_FOUND");
  }
}
