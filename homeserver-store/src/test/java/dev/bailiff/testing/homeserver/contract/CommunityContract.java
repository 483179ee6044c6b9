package dev.bailiff.testing.homeserver.contract;

import static dev.bailiff.testing.homeserver.contract.HistorySteps.upToDepth;
import static dev.bailiff.testing.homeserver.contract.HistorySteps.upToEvent;
import static dev.bailiff.testing.homeserver.contract.HistorySteps.upToTime;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.history.HistoryScope;
import dev.bailiff.homeserver.media.MediaItem;
import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.homeserver.media.MediaSweep;
import dev.bailiff.homeserver.redaction.EventsLeft;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.testing.homeserver.BatchDriver;
import dev.bailiff.testing.homeserver.Community;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The contract on the data of a real server: homeservers that contain the untouched {@link
 * Community} and keep every {@link Promise} agree in its numbers and in its depths.
 */
public abstract class CommunityContract extends HomeserverContract {
  private static final Target SPAMMER = new Target(0, Community.user("crypto-gain-02"));

  /**
   * A room with the alias {@code #river-0}, 19 joined local members and one invited. Depths 1 to
   * 227, 316 events; all senders are local.
   */
  private static final Target ROOM = new Target(0, "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA");

  private static final Target OTHER_ROOM =
      new Target(1, "!2K_Ua71IMG54ID9GGJ-ueajIbl0cj9CrxCiKNzv5slY");

  /** An event of depth 6, in {@link #ROOM}. */
  private static final String EVENT = "$fK78tKpGzKts6EstXR1JaIBDnfLNLWo2pEr3Vekrr0Y";

  private HistorySteps history() {
    return new HistorySteps(homeserver().history());
  }

  private MediaSteps media() {
    return new MediaSteps(homeserver().media());
  }

  @Test
  void spammerIsClosedAndLeavesItsRooms() {
    List<Target> users = List.of(SPAMMER);
    var port = homeserver().deactivation();
    var steps = new DeactivationSteps(port);
    assertThat(left(port.verifyAccounts(users, false))).isNotEmpty();
    long rooms = port.joinedRooms(users).get(0);

    BatchDriver.Total closed = steps.close(users, false);
    BatchDriver.Total parted = steps.part(users);

    assertThat(closed.done()).isEqualTo(1);
    assertThat(closed.fact("id_server_unbind_result")).isEqualTo("success");
    assertThat(rooms).isPositive();
    assertThat(parted.done()).isEqualTo(rooms);
    assertThat(port.joinedRooms(users)).containsExactly(0L);
    assertThat(left(port.verifyAccounts(users, false))).isEmpty();
  }

  @Test
  void spamIsRedacted() {
    var port = homeserver().redaction();
    var steps = new RedactionSteps(port, fixture().admin());
    RedactionScope scope = steps.scope(SPAMMER, null);
    List<Range> ranges = steps.ranges(scope);
    long candidates = Ranges.items(ranges);
    assertThat(port.eventsLeft(scope, null).count()).isPositive();

    BatchDriver.Total redacted = steps.redact(ranges);
    BatchDriver.Total again = steps.redact(ranges);

    assertThat(scope.rooms()).isSorted().hasSizeGreaterThan(1);
    assertThat(candidates).isPositive();
    assertThat(redacted.items()).isEqualTo(candidates);
    assertThat(redacted.failures()).isEmpty();
    assertThat(redacted.done()).isPositive();
    assertThat(port.eventsLeft(scope, null)).isEqualTo(new EventsLeft(0, null));
    assertThat(again.done()).isZero();
    assertThat(again.skipped()).isEqualTo(candidates);
    assertThat(Ranges.items(steps.ranges(steps.scope(SPAMMER, null)))).isEqualTo(candidates);
    assertThat(Ranges.items(steps.ranges(steps.scope(SPAMMER, 2))))
        .isPositive()
        .isLessThanOrEqualTo(2L * scope.rooms().size());
  }

  @Test
  void roomIsShutDownMovedAndPurged() {
    var port = homeserver().roomDeletion();
    var steps = new RoomDeletionSteps(port, fixture().admin());
    assertThat(port.roomsWithLocalMembers(List.of(ROOM))).containsExactly(ROOM);

    BatchDriver.Total prepared = steps.prepare(ROOM);
    String newRoom = prepared.fact("new_room_id");
    BatchDriver.Total removed = steps.remove(ROOM, newRoom);
    BatchDriver.Total moved = steps.moveAliases(ROOM, newRoom);
    steps.purge(ROOM);

    assertThat(prepared.fact("known")).isEqualTo("true");
    assertThat(newRoom).startsWith("!");
    assertThat(removed.list("kicked_users")).hasSize(20).contains(SPAMMER.id());
    assertThat(removed.list("failed_to_kick_users")).isEmpty();
    assertThat(moved.list("local_aliases")).containsExactly("#river-0:" + Community.SERVER);
    assertThat(port.roomsWithLocalMembers(List.of(ROOM))).isEmpty();
    assertThat(port.roomsWithLocalMembers(List.of(new Target(0, String.valueOf(newRoom)))))
        .hasSize(1);
    assertThat(left(port.verifyRooms(List.of(ROOM), true))).isEmpty();
  }

  @Test
  void mediaOfTheSpammerAreDeletedOnce() {
    MediaScope scope = MediaScope.of(SPAMMER.id());
    List<Range> ranges = media().ranges(scope, 3);
    List<MediaItem> items = media().media(ranges);

    BatchDriver.Total deleted = media().delete(items, null);
    BatchDriver.Total again = media().delete(items, null);

    assertThat(items).hasSize(8).doesNotHaveDuplicates();
    assertThat(Ranges.items(ranges)).isEqualTo(items.size());
    assertThat(deleted.done()).isEqualTo(items.size());
    assertThat(deleted.list("deleted_media"))
        .containsExactlyInAnyOrderElementsOf(MediaSteps.ids(items));
    assertThat(again.done()).isZero();
    assertThat(again.skipped()).isEqualTo(items.size());
    assertThat(again.list("deleted_media")).isEmpty();
    assertThat(homeserver().media().mediaLeft(MediaSteps.ids(items)).ids()).isEmpty();
    assertThat(media().ranges(scope, 3)).isEmpty();
  }

  @Test
  void sweepSelectsBySizeAndTime() {
    MediaSweep large = new MediaSweep(Long.MAX_VALUE, 300);
    List<MediaItem> selected = media().media(MediaScope.of(large));
    List<MediaItem> all = media().media(MediaScope.of(new MediaSweep(Long.MAX_VALUE, 0)));

    BatchDriver.Total deleted = media().delete(all, large);

    assertThat(all).hasSize(279);
    assertThat(selected).isNotEmpty().hasSizeLessThan(all.size());
    assertThat(deleted.done()).as("checked when deleted, too").isEqualTo(selected.size());
    assertThat(deleted.skipped()).isEqualTo(all.size() - selected.size());
    assertThat(media().media(MediaScope.of(new MediaSweep(1, 0)))).isEmpty();
    assertThat(media().media(MediaScope.of(large))).isEmpty();
  }

  @Test
  void avatarsOfUsersAndRoomsAreKnown() {
    assertThat(media().avatars())
        .contains("VMiNmsYpXLDwJHqJdnjnMtYk", "lszHBuyHVmcuxGBRutudfTBI")
        .doesNotContain(media().media(MediaScope.of(SPAMMER.id())).get(0).id());
  }

  @Test
  void historyBelowADepthIsPurgedOnce() {
    var port = homeserver().history();
    HistoryScope scope = history().scope(ROOM, upToDepth(100), true);
    assertThat(port.verifyHistory(scope).leftOver()).isNotEmpty();
    List<Range> ranges = history().ranges(scope);
    long items = Ranges.items(ranges);

    long done = history().purge(ROOM, ranges).done();
    BatchDriver.Total again = history().purge(ROOM, ranges);

    assertThat(items).isPositive();
    assertThat(done).isEqualTo(items);
    assertThat(again.done()).isZero();
    assertThat(again.skipped()).isEqualTo(items);
    assertThat(port.verifyHistory(scope).leftOver()).isEmpty();
  }

  @Test
  void whatWasDetachedBeforeIsDeletedWhenLocalEventsAreWanted() {
    var port = homeserver().history();
    HistoryScope kept = history().scope(ROOM, upToDepth(100), false);
    history().purge(ROOM, history().ranges(kept));
    assertThat(port.verifyHistory(kept).leftOver()).isEmpty();
    HistoryScope deleted = new HistoryScope(ROOM, kept.cutOff(), true);
    assertThat(port.verifyHistory(deleted).leftOver()).isNotEmpty();

    BatchDriver.Total purged = history().purge(ROOM, history().ranges(deleted));

    assertThat(purged.done()).isPositive();
    assertThat(port.verifyHistory(deleted).leftOver()).isEmpty();
  }

  @Test
  void roomWithoutAnythingBelowTheCutOffHasNothingToPurge() {
    BatchDriver.Total first = history().prepare(ROOM, upToDepth(1));
    BatchDriver.Total early = history().prepare(ROOM, upToTime(5));
    BatchDriver.Total unknown = history().prepare(UNKNOWN_ROOM, upToDepth(100));

    assertThat(List.of(first, early, unknown))
        .allSatisfy(
            prepared -> {
              assertThat(prepared.failures()).isEmpty();
              assertThat(prepared.skipped()).isEqualTo(1);
              assertThat(prepared.fact("cut_off")).isNull();
            });
  }

  @Test
  void oneEventMustRemain() {
    List<Failure> failures = history().prepare(ROOM, upToDepth(1000)).failures();

    assertThat(failures).hasSize(1);
    assertThat(failures.get(0).failsTarget()).isTrue();
    assertThat(failures.get(0).status()).isEqualTo(400);
  }

  @Test
  void eventAndTimeStandForDepths() {
    long byEvent = Ranges.items(history().ranges(history().scope(ROOM, upToEvent(EVENT), true)));
    long byDepth = Ranges.items(history().ranges(history().scope(ROOM, upToDepth(6), true)));
    HistoryScope untilNow = history().scope(ROOM, upToTime(Long.MAX_VALUE), true);

    assertThat(byEvent).isPositive().isEqualTo(byDepth);
    assertThat(history().ranges(untilNow)).isNotEmpty();
    assertThat(history().prepare(OTHER_ROOM, upToEvent(EVENT)).failures())
        .extracting(Failure::code)
        .containsExactly("M_UNKNOWN");
  }
}
