package dev.bailiff.testing.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.roomdeletion.MemberRemoval;
import dev.bailiff.homeserver.roomdeletion.RoomClosing;
import dev.bailiff.homeserver.roomdeletion.RoomShutdown;
import dev.bailiff.homeserver.roomdeletion.RoomShutdown.FollowingPurge;
import dev.bailiff.testing.homeserver.BatchDriver;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.contract.RoomDeletionContract;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real Synapse keeps the contract of room deletion. */
@Tag("synapse")
class SynapseRoomDeletionContractIT extends RoomDeletionContract {
  private final SynapseFixture fixture = SynapseFixture.withAppservice();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }

  /** Where the job purges next and no replacement is made. */
  @Test
  void oneTaskShutsARoomDownAndPurgesIt() {
    var creator = fixture.newUser("creator");
    var room = new Target(0, fixture.newRoom(creator, fixture.newUser("member")));
    fixture.send(room.id(), creator, "Hello");
    var port = homeserver().roomDeletion();
    var shutdown = new RoomShutdown(true, null, "", "", FollowingPurge.OF_EMPTY_ROOM);

    var removed =
        BatchDriver.run(
            (cursor, commit) ->
                port.removeMembers(
                    new MemberRemoval(room, new Range(room.id(), 2), cursor, 10, null, shutdown),
                    commit));
    var facts = Map.of("purged_with_shutdown", removed.fact("purged_with_shutdown"));
    var closed =
        BatchDriver.run(
            (cursor, commit) ->
                port.finishPurge(new RoomClosing(room, false, facts, cursor, 10), commit));

    assertThat(removed.list("kicked_users")).hasSize(2);
    assertThat(closed.done()).isEqualTo(1);
    assertThat(fixture.hasRoom(room.id())).isFalse();
    assertThat(fixture.isBlocked(room.id())).isTrue();
    assertThat(Set.copyOf(removed.list("synapse_tasks"))).hasSize(1);
    assertThat(closed.list("synapse_tasks")).isEmpty();
  }

  @AfterEach
  void close() {
    fixture.close();
  }
}
