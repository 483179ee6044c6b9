package dev.bailiff.testing.homeserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.deactivation.AccountClosing;
import dev.bailiff.homeserver.deactivation.RoomParting;
import dev.bailiff.homeserver.media.MediaDeletion;
import dev.bailiff.homeserver.media.MediaItem;
import dev.bailiff.homeserver.media.MediaPage;
import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.homeserver.media.MediaSweep;
import dev.bailiff.homeserver.redaction.Redaction;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.roomdeletion.AliasMove;
import dev.bailiff.homeserver.roomdeletion.MemberRemoval;
import dev.bailiff.homeserver.roomdeletion.RoomPreparation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The duties of every implementation of the port, tested on the example community. An
 * implementation's test gives each method a fresh homeserver.
 */
public abstract class HomeserverContract {
  protected static final String ADMIN = Community.user("admin");
  protected static final Target SPAMMER = new Target(0, Community.user("crypto-gain-02"));
  protected static final Target NOBODY = new Target(1, Community.user("never-registered"));
  protected static final String JOB = "contract-job";

  /** A homeserver with the untouched data of the example community. */
  protected abstract Homeserver homeserver();

  /** A room with the alias {@code #river-0}, 19 joined local members and one invited. */
  protected static final Target ROOM =
      new Target(0, "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA");

  private static final int SIZE = 7;

  // Accounts

  @Test
  void closingTakesTheAccountAndPartingTheRooms() {
    List<Target> users = List.of(SPAMMER);
    assertThat(left(homeserver().deactivation().verifyAccounts(users, false))).isNotEmpty();
    long rooms = homeserver().deactivation().joinedRooms(users).get(0);

    BatchDriver.Total closed = close(users, false);
    BatchDriver.Total parted = part(users);

    assertThat(closed.done()).isEqualTo(1);
    assertThat(closed.fact("id_server_unbind_result")).isEqualTo("success");
    assertThat(rooms).isPositive();
    assertThat(parted.done()).isEqualTo(rooms);
    assertThat(homeserver().deactivation().joinedRooms(users)).containsExactly(0L);
    assertThat(left(homeserver().deactivation().verifyAccounts(users, false))).isEmpty();
  }

  @Test
  void erasureLeavesNoProfile() {
    List<Target> users = List.of(SPAMMER);
    close(users, false);
    part(users);

    assertThat(left(homeserver().deactivation().verifyAccounts(users, true))).isNotEmpty();
    BatchDriver.Total erased = close(users, true);

    assertThat(erased.done()).isEqualTo(1);
    assertThat(left(homeserver().deactivation().verifyAccounts(users, true))).isEmpty();
  }

  @Test
  void closingTwiceChangesNothing() {
    close(List.of(SPAMMER), true);

    BatchDriver.Total again = close(List.of(SPAMMER), true);

    assertThat(again.done()).isZero();
    assertThat(again.skipped()).isEqualTo(1);
  }

  @Test
  void unknownUserFailsAlone() {
    BatchDriver.Total closed = close(List.of(SPAMMER, NOBODY), false);

    assertThat(closed.done()).isEqualTo(1);
    assertThat(closed.failures()).hasSize(1);
    Failure failure = closed.failures().get(0);
    assertThat(failure.item()).isEqualTo(NOBODY.id());
    assertThat(failure.target()).isEqualTo(NOBODY.number());
    assertThat(failure.failsTarget()).isTrue();
    assertThat(failure.status()).isEqualTo(404);
  }

  // Events

  @Test
  void redactionTakesEveryCandidateOnce() {
    RedactionScope scope = scope(null);
    List<Range> ranges = redactionRanges(scope);
    long candidates = ranges.stream().mapToLong(Range::items).sum();
    assertThat(homeserver().redaction().verifyRedaction(scope).leftOver()).isNotEmpty();

    BatchDriver.Total redacted = redact(ranges);

    assertThat(candidates).isPositive();
    assertThat(redacted.items()).isEqualTo(candidates);
    assertThat(redacted.failures()).isEmpty();
    assertThat(redacted.done()).isPositive();
    assertThat(homeserver().redaction().verifyRedaction(scope).leftOver()).isEmpty();
  }

  @Test
  void redactingTwiceRedactsNothingMore() {
    List<Range> ranges = redactionRanges(scope(null));
    long candidates = redact(ranges).items();

    BatchDriver.Total again = redact(ranges);

    assertThat(again.done()).isZero();
    assertThat(again.skipped()).isEqualTo(candidates);
    assertThat(redactionRanges(scope(null)).stream().mapToLong(Range::items).sum())
        .isEqualTo(candidates);
  }

  @Test
  void redactionLimitCountsPerRoom() {
    List<String> rooms = homeserver().redaction().redactableRooms(SPAMMER.id(), null, 1000);

    long items = redactionRanges(scope(2)).stream().mapToLong(Range::items).sum();

    assertThat(items).isPositive().isLessThanOrEqualTo(2L * rooms.size());
  }

  @Test
  void redactableRoomsComeInPages() {
    List<String> all = homeserver().redaction().redactableRooms(SPAMMER.id(), null, 1000);
    List<String> paged = new ArrayList<>();
    String after = null;
    for (List<String> page = homeserver().redaction().redactableRooms(SPAMMER.id(), null, 1);
        !page.isEmpty();
        page = homeserver().redaction().redactableRooms(SPAMMER.id(), after, 1)) {
      paged.addAll(page);
      after = page.get(page.size() - 1);
    }

    assertThat(all).isSorted().hasSizeGreaterThan(1);
    assertThat(paged).isEqualTo(all);
  }

  @Test
  void eventsInTheFutureAreNoCandidates() {
    RedactionScope scope =
        new RedactionScope(
            SPAMMER,
            homeserver().redaction().redactableRooms(SPAMMER.id(), null, 1000),
            null,
            Long.MAX_VALUE - 1,
            null);

    assertThat(redactionRanges(scope).stream().mapToLong(Range::items).sum()).isZero();
    assertThat(homeserver().redaction().verifyRedaction(scope).leftOver()).isEmpty();
  }

  // Rooms

  @Test
  void roomIsShutDownMovedAndPurged() {
    BatchDriver.Total prepared = prepare(ROOM, true, ADMIN);
    String newRoom = prepared.fact("new_room_id");
    BatchDriver.Total removed = remove(ROOM, newRoom);
    BatchDriver.Total moved = moveAliases(ROOM, newRoom);
    purge(ROOM);

    assertThat(prepared.fact("known")).isEqualTo("true");
    assertThat(newRoom).startsWith("!");
    assertThat(removed.list("kicked_users")).hasSize(20).contains(SPAMMER.id());
    assertThat(removed.list("failed_to_kick_users")).isEmpty();
    assertThat(moved.list("local_aliases")).containsExactly("#river-0:" + Community.SERVER);
    assertThat(homeserver().roomDeletion().roomsWithLocalMembers(List.of(ROOM))).isEmpty();
    assertThat(
            homeserver()
                .roomDeletion()
                .roomsWithLocalMembers(List.of(new Target(0, String.valueOf(newRoom)))))
        .hasSize(1);
    assertThat(left(homeserver().roomDeletion().verifyRooms(List.of(ROOM), true))).isEmpty();
  }

  @Test
  void repeatedStepsOfARoomChangeNothing() {
    String newRoom = prepare(ROOM, true, ADMIN).fact("new_room_id");
    List<Range> members =
        ranges(cursor -> homeserver().roomDeletion().memberRanges(ROOM, cursor, SIZE));
    members.forEach(range -> remove(ROOM, range, newRoom));
    moveAliases(ROOM, newRoom);

    BatchDriver.Total prepared = prepare(ROOM, true, ADMIN);
    long removedAgain =
        members.stream().mapToLong(range -> remove(ROOM, range, newRoom).done()).sum();
    BatchDriver.Total moved = moveAliases(ROOM, newRoom);

    assertThat(prepared.done()).isZero();
    assertThat(prepared.fact("new_room_id")).isEqualTo(newRoom);
    assertThat(removedAgain).isZero();
    assertThat(moved.done()).isZero();
  }

  @Test
  void purgingWaitsForLocalMembersToBeGoneUnlessForced() {
    assertThat(homeserver().roomDeletion().roomsWithLocalMembers(List.of(ROOM)))
        .containsExactly(ROOM);

    BatchDriver.Total refused = finish(ROOM, false);

    assertThat(refused.failures()).hasSize(1);
    assertThat(refused.failures().get(0).status()).isEqualTo(400);
    assertThat(refused.failures().get(0).failsTarget()).isTrue();
    assertThat(left(homeserver().roomDeletion().verifyRooms(List.of(ROOM), true))).isNotEmpty();
    purgeEvents(ROOM);
    assertThat(finish(ROOM, true).failures()).isEmpty();
    assertThat(left(homeserver().roomDeletion().verifyRooms(List.of(ROOM), true))).isEmpty();
  }

  @Test
  void unknownRoomIsBlockedButNotReplaced() {
    Target unknown = new Target(3, "!unknown:elsewhere.example");

    BatchDriver.Total prepared = prepare(unknown, true, ADMIN);
    purge(unknown);

    assertThat(prepared.failures()).isEmpty();
    assertThat(prepared.fact("known")).isEqualTo("false");
    assertThat(prepared.fact("new_room_id")).isNull();
    assertThat(left(homeserver().roomDeletion().verifyRooms(List.of(unknown), true))).isEmpty();
  }

  @Test
  void unknownRoomFailsWhereItMustBeKnown() {
    Target unknown = new Target(3, "!unknown:elsewhere.example");

    BatchDriver.Total prepared =
        BatchDriver.run(
            (cursor, commit) ->
                homeserver()
                    .roomDeletion()
                    .prepareRooms(
                        new RoomPreparation(
                            List.of(unknown), ADMIN, true, true, false, null, "name", JOB),
                        commit));

    assertThat(prepared.failures()).hasSize(1);
    assertThat(prepared.failures().get(0).status()).isEqualTo(404);
    assertThat(prepared.failures().get(0).code()).isEqualTo("M_NOT_FOUND");
  }

  // Media

  @Test
  void mediaOfAUserAreDeletedOnce() {
    MediaScope scope = MediaScope.of(SPAMMER.id());
    List<Range> ranges = ranges(cursor -> homeserver().media().mediaRanges(scope, cursor, 3));
    List<MediaItem> media = media(ranges);

    BatchDriver.Total deleted = deleteMedia(media, null);
    BatchDriver.Total again = deleteMedia(media, null);

    assertThat(media).hasSize(8).doesNotHaveDuplicates();
    assertThat(ranges.stream().mapToLong(Range::items).sum()).isEqualTo(media.size());
    assertThat(deleted.done()).isEqualTo(media.size());
    assertThat(deleted.list("deleted_media"))
        .containsExactlyInAnyOrderElementsOf(media.stream().map(MediaItem::id).toList());
    assertThat(again.done()).isZero();
    assertThat(again.skipped()).isEqualTo(media.size());
    assertThat(again.list("deleted_media")).isEmpty();
    assertThat(homeserver().media().mediaLeft(media.stream().map(MediaItem::id).toList()))
        .isEmpty();
    assertThat(ranges(cursor -> homeserver().media().mediaRanges(scope, cursor, 3))).isEmpty();
  }

  @Test
  void sweepSelectsBySizeAndTime() {
    MediaSweep large = new MediaSweep(Long.MAX_VALUE, 300);
    MediaSweep small = new MediaSweep(Long.MAX_VALUE, 0);
    List<MediaItem> selected = media(ranges(MediaScope.of(large)));
    List<MediaItem> all = media(ranges(MediaScope.of(small)));

    BatchDriver.Total deleted = deleteMedia(all, large);

    assertThat(all).hasSize(279);
    assertThat(selected).isNotEmpty().hasSizeLessThan(all.size());
    assertThat(deleted.done()).as("checked when deleted, too").isEqualTo(selected.size());
    assertThat(deleted.skipped()).isEqualTo(all.size() - selected.size());
    assertThat(media(ranges(MediaScope.of(new MediaSweep(1, 0))))).isEmpty();
    assertThat(media(ranges(MediaScope.of(large)))).isEmpty();
  }

  @Test
  void mediumThatIsNamedTwiceIsDeletedOnce() {
    String id = media(ranges(MediaScope.of(SPAMMER.id()))).get(0).id();

    BatchDriver.Total deleted =
        deleteMedia(List.of(new MediaItem(0, id), new MediaItem(1, id)), null);

    assertThat(deleted.done()).isEqualTo(1);
    assertThat(deleted.skipped()).isEqualTo(1);
  }

  @Test
  void avatarsOfUsersAndRoomsAreKnown() {
    Set<String> avatars = new HashSet<>();
    Cursor cursor = null;
    do {
      MediaPage page = homeserver().media().avatarMedia(cursor, 50);
      avatars.addAll(page.ids());
      cursor = page.next();
    } while (cursor != null);

    assertThat(avatars)
        .contains("VMiNmsYpXLDwJHqJdnjnMtYk", "lszHBuyHVmcuxGBRutudfTBI")
        .doesNotContain(media(ranges(MediaScope.of(SPAMMER.id()))).get(0).id());
  }

  // The commit

  @Test
  void lostLeaseChangesNothing() {
    IllegalStateException lost = new IllegalStateException("the lease is lost");
    List<Range> ranges = redactionRanges(scope(null));
    BatchCommit commit =
        commit(
            () -> {
              throw lost;
            },
            () -> {});

    assertThatThrownBy(() -> redactOnce(ranges, commit)).isSameAs(lost);
    assertThatThrownBy(
            () ->
                homeserver()
                    .deactivation()
                    .closeAccounts(new AccountClosing(List.of(SPAMMER), true), commit))
        .isSameAs(lost);

    List<MediaItem> media = media(ranges(MediaScope.of(SPAMMER.id())));
    assertThatThrownBy(
            () -> homeserver().media().deleteMedia(new MediaDeletion(media, null), commit))
        .isSameAs(lost);

    assertThat(redact(ranges).done()).isPositive();
    assertThat(close(List.of(SPAMMER), true).done()).isEqualTo(1);
    assertThat(deleteMedia(media, null).done()).isEqualTo(media.size());
  }

  @Test
  void batchWhoseRecordFailedIsDoneOnceInTheEnd() {
    IllegalStateException failed = new IllegalStateException("the record failed");
    List<Range> ranges = redactionRanges(scope(null));
    long candidates = ranges.stream().mapToLong(Range::items).sum();

    assertThatThrownBy(
            () ->
                redactOnce(
                    ranges,
                    commit(
                        () -> {},
                        () -> {
                          throw failed;
                        })))
        .isSameAs(failed);
    BatchDriver.Total redacted = redact(ranges);

    assertThat(redacted.items()).isEqualTo(candidates);
    assertThat(homeserver().redaction().verifyRedaction(scope(null)).leftOver()).isEmpty();
  }

  // Steps

  protected final BatchDriver.Total close(List<Target> users, boolean erase) {
    return BatchDriver.run(
        (cursor, commit) ->
            homeserver().deactivation().closeAccounts(new AccountClosing(users, erase), commit));
  }

  protected final BatchDriver.Total part(List<Target> users) {
    return BatchDriver.run(
        (cursor, commit) ->
            homeserver().deactivation().leaveRooms(new RoomParting(users, cursor, 2), commit));
  }

  /** All rooms of the spammer. */
  protected final RedactionScope scope(@Nullable Integer limit) {
    return new RedactionScope(
        SPAMMER,
        homeserver().redaction().redactableRooms(SPAMMER.id(), null, 1000),
        limit,
        null,
        null);
  }

  protected final List<Range> redactionRanges(RedactionScope scope) {
    return ranges(cursor -> homeserver().redaction().redactionRanges(scope, cursor, SIZE));
  }

  protected final BatchDriver.Total redact(List<Range> ranges) {
    return BatchDriver.run((cursor, commit) -> redact(ranges, cursor, commit));
  }

  private void redactOnce(List<Range> ranges, BatchCommit commit) {
    BatchOutcome outcome = redact(ranges, null, commit);
    throw new AssertionError("recorded " + outcome);
  }

  private BatchOutcome redact(List<Range> ranges, @Nullable Cursor cursor, BatchCommit commit) {
    return homeserver()
        .redaction()
        .redact(new Redaction(ranges, cursor, SIZE, JOB, ADMIN, false, "spam"), commit);
  }

  protected final BatchDriver.Total prepare(Target room, boolean block, String newRoomUser) {
    RoomPreparation preparation =
        new RoomPreparation(List.of(room), ADMIN, block, false, false, newRoomUser, "Moved", JOB);
    return BatchDriver.run(
        (cursor, commit) -> homeserver().roomDeletion().prepareRooms(preparation, commit));
  }

  protected final BatchDriver.Total remove(Target room, @Nullable String newRoom) {
    List<Range> members =
        ranges(cursor -> homeserver().roomDeletion().memberRanges(room, cursor, 1000));
    assertThat(members).hasSize(1);
    return remove(room, members.get(0), newRoom);
  }

  protected final BatchDriver.Total remove(Target room, Range range, @Nullable String newRoom) {
    return BatchDriver.run(
        (cursor, commit) ->
            homeserver()
                .roomDeletion()
                .removeMembers(new MemberRemoval(room, range, cursor, 3, newRoom), commit));
  }

  protected final BatchDriver.Total moveAliases(Target room, @Nullable String newRoom) {
    AliasMove move =
        new AliasMove(room, String.valueOf(newRoom), ADMIN, "This room has moved.", ADMIN, JOB);
    return BatchDriver.run(
        (cursor, commit) -> homeserver().roomDeletion().moveAliases(move, commit));
  }

  protected final void purge(Target room) {
    purgeEvents(room);
    assertThat(finish(room, false).failures()).isEmpty();
  }

  protected final long purgeEvents(Target room) {
    long items = 0;
    for (Range range :
        ranges(cursor -> homeserver().roomDeletion().purgeRanges(room, cursor, 50))) {
      BatchDriver.Total purged =
          BatchDriver.run(
              (cursor, commit) ->
                  homeserver()
                      .roomDeletion()
                      .purgeEvents(new RoomPurge(room, range, cursor, 20), commit));
      assertThat(purged.items()).isEqualTo(range.items());
      items += purged.done();
    }
    return items;
  }

  protected final BatchDriver.Total finish(Target room, boolean force) {
    return BatchDriver.run(
        (cursor, commit) ->
            homeserver().roomDeletion().finishPurge(room, force, cursor, 20, commit));
  }

  protected final BatchDriver.Total deleteMedia(List<MediaItem> media, @Nullable MediaSweep sweep) {
    return BatchDriver.run(
        (cursor, commit) ->
            homeserver().media().deleteMedia(new MediaDeletion(media, sweep), commit));
  }

  protected final List<Range> ranges(MediaScope scope) {
    return ranges(cursor -> homeserver().media().mediaRanges(scope, cursor, SIZE));
  }

  /** All media of the ranges, read in small pages. */
  protected final List<MediaItem> media(List<Range> ranges) {
    List<MediaItem> media = new ArrayList<>();
    for (Range range : ranges) {
      Cursor cursor = null;
      do {
        MediaPage page = homeserver().media().media(range, cursor, 2);
        page.ids().forEach(id -> media.add(new MediaItem(0, id)));
        cursor = page.next();
      } while (cursor != null);
    }
    return media;
  }

  /** All pages of a plan. */
  protected static List<Range> ranges(Function<@Nullable Cursor, RangePage> plan) {
    List<Range> ranges = new ArrayList<>();
    Cursor cursor = null;
    do {
      RangePage page = plan.apply(cursor);
      ranges.addAll(page.ranges());
      cursor = page.next();
    } while (cursor != null);
    return ranges;
  }

  protected static List<String> left(List<Verdict> verdicts) {
    return verdicts.stream().flatMap(verdict -> verdict.leftOver().stream()).toList();
  }

  private static BatchCommit commit(Runnable fence, Runnable record) {
    return new BatchCommit() {
      @Override
      public void fence() {
        fence.run();
      }

      @Override
      public BatchOutcome record(BatchOutcome outcome) {
        record.run();
        return outcome;
      }
    };
  }
}
