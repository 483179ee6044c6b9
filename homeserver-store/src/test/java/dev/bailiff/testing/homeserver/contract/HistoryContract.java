package dev.bailiff.testing.homeserver.contract;

import static dev.bailiff.testing.homeserver.contract.HistorySteps.upToEvent;
import static dev.bailiff.testing.homeserver.contract.HistorySteps.upToTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.history.HistoryPort;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.homeserver.history.HistoryScope;
import dev.bailiff.testing.homeserver.BatchDriver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Purging history: a room with forty messages, of which thirty are old. */
public abstract class HistoryContract extends HomeserverContract {
  private static final int MESSAGES = 40;
  private static final int OLD = 30;

  private final List<String> messages = new ArrayList<>();
  private String user;
  private Target room;

  @BeforeEach
  void fill() {
    user = fixture().newUser("writer");
    room = new Target(0, fixture().newRoom(user));
    for (int n = 0; n < MESSAGES; n++) {
      messages.add(fixture().send(room.id(), user, "Message " + n));
    }
  }

  private HistoryPort port() {
    return homeserver().history();
  }

  protected final HistorySteps steps() {
    return new HistorySteps(port());
  }

  /** What is older than the first message that stays. */
  private HistoryScope old(boolean localEvents) {
    return steps().scope(room, upToEvent(messages.get(OLD)), localEvents);
  }

  private void assertOldMessagesAreGone() {
    assertThat(messages)
        .filteredOn(message -> fixture().hasEvent(room.id(), message))
        .isEqualTo(messages.subList(OLD, MESSAGES));
  }

  @Test
  void historyBelowTheCutOffIsPurgedOnce() {
    HistoryScope scope = old(true);
    assertThat(port().verifyHistory(scope).leftOver()).isNotEmpty();
    List<Range> ranges = steps().ranges(scope);
    long items = Ranges.items(ranges);

    long done = steps().purge(room, ranges).done();
    BatchDriver.Total again = steps().purge(room, ranges);

    assertThat(items).isPositive();
    assertThat(done).isEqualTo(items);
    if (promises(Promise.HISTORY_IS_COUNTED_IN_EVENTS)) {
      assertThat(items).isGreaterThanOrEqualTo(OLD);
    }
    assertThat(again.done()).isZero();
    assertThat(again.skipped()).isEqualTo(items);
    assertThat(port().verifyHistory(scope).leftOver()).isEmpty();
    assertOldMessagesAreGone();
  }

  @Test
  void localMessagesStayUnlessTheyAreWanted() {
    HistoryScope kept = old(false);
    assertThat(port().verifyHistory(kept).leftOver()).isNotEmpty();

    steps().purge(room, steps().ranges(kept));

    assertThat(port().verifyHistory(kept).leftOver()).isEmpty();
    assertThat(messages).allMatch(message -> fixture().hasEvent(room.id(), message));
  }

  @Test
  void whatWasDetachedBeforeIsDeletedWhenLocalEventsAreWanted() {
    assumeThat(promises(Promise.DETACHED_EVENTS_CAN_BE_DELETED)).isTrue();
    HistoryScope kept = old(false);
    steps().purge(room, steps().ranges(kept));
    HistoryScope deleted = new HistoryScope(room, kept.cutOff(), true);
    assertThat(port().verifyHistory(deleted).leftOver()).isNotEmpty();

    BatchDriver.Total purged = steps().purge(room, steps().ranges(deleted));

    assertThat(purged.done()).isPositive();
    assertThat(port().verifyHistory(deleted).leftOver()).isEmpty();
    assertOldMessagesAreGone();
  }

  @Test
  void roomWithoutAnythingBeforeTheTimeHasNothingToPurge() {
    BatchDriver.Total prepared = steps().prepare(room, upToTime(5));

    assertThat(prepared.failures()).isEmpty();
    assertThat(prepared.skipped()).isEqualTo(1);
    assertThat(prepared.fact("cut_off")).isNull();
  }

  @Test
  void timeIsACutOff() {
    HistoryScope untilNow = steps().scope(room, upToTime(Long.MAX_VALUE), true);

    assertThat(steps().ranges(untilNow)).isNotEmpty();
  }

  @Test
  void cutOffThatIsNotKnownFailsTheRoom() {
    Target other = new Target(1, fixture().newRoom(user));

    assertThat(onlyFailure(room, upToEvent("$unknown")).status()).isEqualTo(404);
    assertThat(onlyFailure(other, upToEvent(messages.get(OLD))).code()).isEqualTo("M_UNKNOWN");
    assertThat(onlyFailure(UNKNOWN_ROOM, upToTime(Long.MAX_VALUE)).code()).isEqualTo("M_NOT_FOUND");
  }

  private Failure onlyFailure(Target of, HistoryPreparation cutOff) {
    List<Failure> failures = steps().prepare(of, cutOff).failures();
    assertThat(failures).hasSize(1);
    return failures.get(0);
  }

  @Test
  void batchWhoseRecordFailedIsDoneOnceInTheEnd() {
    HistoryScope scope = old(true);
    List<Range> ranges = steps().ranges(scope);
    IllegalStateException failed = new IllegalStateException("the record failed");

    assertThatThrownBy(
            () ->
                port()
                    .purgeHistory(new RoomPurge(room, ranges.get(0), null, 30), unrecorded(failed)))
        .isSameAs(failed);
    BatchDriver.Total purged = steps().purge(room, ranges);

    assertThat(purged.items()).isEqualTo(Ranges.items(ranges));
    assertThat(port().verifyHistory(scope).leftOver()).isEmpty();
    assertOldMessagesAreGone();
  }
}
