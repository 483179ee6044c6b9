package dev.bailiff.homeserver.store.roomdeletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.deactivation.AccountClosing;
import dev.bailiff.homeserver.deactivation.RoomParting;
import dev.bailiff.homeserver.roomdeletion.AliasMove;
import dev.bailiff.homeserver.roomdeletion.MemberRemoval;
import dev.bailiff.homeserver.roomdeletion.RoomPreparation;
import dev.bailiff.homeserver.store.CommunityStore;
import dev.bailiff.homeserver.store.event.Ids;
import dev.bailiff.testing.homeserver.BatchDriver;
import dev.bailiff.testing.homeserver.Community;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Accounts that are closed while a room with members is deleted and replaced. */
class ClosedAccountsMoveNowhereIT extends CommunityStore {
  private static final Target OLD_ROOM = new Target(0, ROOM);
  private static final Target NINA = new Target(0, Community.user("nina"));
  private static final Target CREATOR = new Target(0, Community.user("ada"));

  @Test
  void aMemberWhoseAccountWasClosedLeavesAndJoinsNothing() {
    var room = prepare().fact("new_room_id");
    close(NINA);

    var removed = remove(room);

    assertThat(removed.list("kicked_users")).contains(NINA.id());
    assertThat(removed.failures()).isEmpty();
    assertNowhere(NINA);
  }

  @Test
  void aMemberWhoseAccountIsBeingClosedJoinsNothing() {
    var room = prepare().fact("new_room_id");
    var removal = new CompletableFuture<BatchDriver.Total>();

    homeserver
        .deactivation()
        .closeAccounts(
            new AccountClosing(List.of(NINA), true),
            new BatchCommit() {
              @Override
              public void fence() {}

              @Override
              public BatchOutcome record(BatchOutcome outcome) {
                removal.completeAsync(() -> remove(room));
                await().atMost(Duration.ofSeconds(30)).until(() -> removal.isDone() || waits());
                return outcome;
              }
            });

    assertThat(removal.orTimeout(30, TimeUnit.SECONDS).join().list("kicked_users"))
        .contains(NINA.id());
    assertNowhere(NINA);
  }

  @Test
  void anAccountThatIsClosedMakesNoRoom() {
    close(CREATOR);

    assertThat(prepare().failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.status()).isEqualTo(403);
              assertThat(failure.code()).isEqualTo("M_USER_DEACTIVATED");
              assertThat(failure.failsTarget()).isTrue();
            });
    assertNowhere(CREATOR);
  }

  @Test
  void whoMadeTheRoomAndHasLeftItSaysNothingThereAndTheAliasesMove() {
    var room = String.valueOf(prepare().fact("new_room_id"));
    close(CREATOR);
    BatchDriver.run(
        (cursor, commit) ->
            homeserver
                .deactivation()
                .leaveRooms(new RoomParting(List.of(CREATOR), cursor, 100), commit));

    var moved =
        BatchDriver.run(
            (cursor, commit) ->
                homeserver
                    .roomDeletion()
                    .moveAliases(
                        new AliasMove(OLD_ROOM, room, CREATOR.id(), "Moved.", ADMIN, JOB), commit));

    assertThat(moved.list("local_aliases")).isNotEmpty();
    assertThat(count("homeserver.event where room_id = ? and type = 'm.room.message'", room))
        .isZero();
  }

  private BatchDriver.Total prepare() {
    return BatchDriver.run(
        (cursor, commit) ->
            homeserver
                .roomDeletion()
                .prepareRooms(
                    new RoomPreparation(
                        List.of(OLD_ROOM), ADMIN, true, false, false, CREATOR.id(), "New", JOB),
                    commit));
  }

  private void close(Target user) {
    BatchDriver.run(
        (cursor, commit) ->
            homeserver
                .deactivation()
                .closeAccounts(new AccountClosing(List.of(user), false), commit));
  }

  private BatchDriver.Total remove(String room) {
    var range = homeserver.roomDeletion().memberRanges(OLD_ROOM, null, 100).ranges().get(0);
    return BatchDriver.run(
        (cursor, commit) ->
            homeserver
                .roomDeletion()
                .removeMembers(new MemberRemoval(OLD_ROOM, range, cursor, 100, room), commit));
  }

  private boolean waits() {
    return count("pg_locks where not granted") > 0;
  }

  private void assertNowhere(Target user) {
    assertThat(
            count(
                "homeserver.membership where user_id = ? and room_id = ? and membership = 'join'",
                user.id(),
                replacement()))
        .isZero();
  }

  private String replacement() {
    return "!" + Ids.derived("replacement", JOB, ROOM);
  }
}
