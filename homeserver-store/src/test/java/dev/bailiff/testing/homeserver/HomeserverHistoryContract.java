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
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.homeserver.history.HistoryScope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The part of {@link HomeserverContract} that is about the history of rooms. An implementation's
 * test gives each method a fresh homeserver.
 */
public abstract class HomeserverHistoryContract {

  /** Depths 1 to 227, 316 events; all senders are local. */
  protected static final Target ROOM =
      new Target(0, "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA");

  protected static final Target OTHER_ROOM =
      new Target(1, "!2K_Ua71IMG54ID9GGJ-ueajIbl0cj9CrxCiKNzv5slY");
  protected static final Target UNKNOWN = new Target(2, "!unknown:elsewhere.example");

  /** An event of depth 6, in {@link #ROOM}. */
  protected static final String EVENT = "$fK78tKpGzKts6EstXR1JaIBDnfLNLWo2pEr3Vekrr0Y";

  private static final int SIZE = 30;

  /** A homeserver with the untouched data of the example community. */
  protected abstract Homeserver homeserver();

  @Test
  void historyBelowTheCutOffIsPurgedOnce() {
    HistoryScope scope = scope(ROOM, upToDepth(100), true);
    assertThat(homeserver().history().verifyHistory(scope).leftOver()).isNotEmpty();
    List<Range> ranges = ranges(scope);
    long items = ranges.stream().mapToLong(Range::items).sum();

    long done = purge(ROOM, ranges).done();
    BatchDriver.Total again = purge(ROOM, ranges);

    assertThat(items).isPositive();
    assertThat(done).isEqualTo(items);
    assertThat(again.done()).isZero();
    assertThat(again.skipped()).isEqualTo(items);
    assertThat(homeserver().history().verifyHistory(scope).leftOver()).isEmpty();
  }

  @Test
  void whatWasDetachedBeforeIsDeletedWhenLocalEventsAreWanted() {
    HistoryScope kept = scope(ROOM, upToDepth(100), false);
    purge(ROOM, ranges(kept));
    assertThat(homeserver().history().verifyHistory(kept).leftOver()).isEmpty();
    HistoryScope deleted = new HistoryScope(ROOM, kept.cutOff(), true);
    assertThat(homeserver().history().verifyHistory(deleted).leftOver()).isNotEmpty();

    BatchDriver.Total purged = purge(ROOM, ranges(deleted));

    assertThat(purged.done()).isPositive();
    assertThat(homeserver().history().verifyHistory(deleted).leftOver()).isEmpty();
  }

  @Test
  void roomWithoutAnythingBelowTheCutOffHasNothingToPurge() {
    BatchDriver.Total first = prepare(ROOM, upToDepth(1));
    BatchDriver.Total early = prepare(ROOM, upToTime(5));
    BatchDriver.Total unknown = prepare(UNKNOWN, upToDepth(100));

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
    Failure failure = onlyFailure(ROOM, upToDepth(1000));

    assertThat(failure.failsTarget()).isTrue();
    assertThat(failure.status()).isEqualTo(400);
  }

  @Test
  void cutOffThatIsNotKnownFailsTheRoom() {
    assertThat(onlyFailure(ROOM, upToEvent("$unknown")).status()).isEqualTo(404);
    assertThat(onlyFailure(OTHER_ROOM, upToEvent(EVENT)).code()).isEqualTo("M_UNKNOWN");
    assertThat(onlyFailure(UNKNOWN, upToTime(Long.MAX_VALUE)).code()).isEqualTo("M_NOT_FOUND");
  }

  @Test
  void eventAndTimeStandForDepths() {
    long byEvent =
        ranges(scope(ROOM, upToEvent(EVENT), true)).stream().mapToLong(Range::items).sum();
    long byDepth = ranges(scope(ROOM, upToDepth(6), true)).stream().mapToLong(Range::items).sum();
    HistoryScope untilNow = scope(ROOM, upToTime(Long.MAX_VALUE), true);

    assertThat(byEvent).isPositive().isEqualTo(byDepth);
    assertThat(ranges(untilNow)).isNotEmpty();
  }

  @Test
  void batchWhoseRecordFailedIsDoneOnceInTheEnd() {
    HistoryScope scope = scope(ROOM, upToDepth(100), true);
    List<Range> ranges = ranges(scope);
    IllegalStateException failed = new IllegalStateException("the record failed");
    BatchCommit commit =
        new BatchCommit() {
          @Override
          public void fence() {}

          @Override
          public BatchOutcome record(BatchOutcome outcome) {
            throw failed;
          }
        };

    assertThatThrownBy(
            () ->
                homeserver()
                    .history()
                    .purgeHistory(new RoomPurge(ROOM, ranges.get(0), null, SIZE), commit))
        .isSameAs(failed);
    BatchDriver.Total purged = purge(ROOM, ranges);

    assertThat(purged.items()).isEqualTo(ranges.stream().mapToLong(Range::items).sum());
    assertThat(homeserver().history().verifyHistory(scope).leftOver()).isEmpty();
  }

  // Steps

  protected static HistoryPreparation upToDepth(long depth) {
    return new HistoryPreparation(List.of(), depth, null, null);
  }

  protected static HistoryPreparation upToEvent(String event) {
    return new HistoryPreparation(List.of(), null, event, null);
  }

  protected static HistoryPreparation upToTime(long at) {
    return new HistoryPreparation(List.of(), null, null, at);
  }

  protected final BatchDriver.Total prepare(Target room, HistoryPreparation cutOff) {
    HistoryPreparation preparation =
        new HistoryPreparation(
            List.of(room), cutOff.upToDepth(), cutOff.upToEvent(), cutOff.upToAt());
    return BatchDriver.run(
        (cursor, commit) -> homeserver().history().prepareHistory(preparation, commit));
  }

  private Failure onlyFailure(Target room, HistoryPreparation cutOff) {
    List<Failure> failures = prepare(room, cutOff).failures();
    assertThat(failures).hasSize(1);
    return failures.get(0);
  }

  protected final HistoryScope scope(Target room, HistoryPreparation cutOff, boolean localEvents) {
    return new HistoryScope(
        room, String.valueOf(prepare(room, cutOff).fact("cut_off")), localEvents);
  }

  protected final List<Range> ranges(HistoryScope scope) {
    List<Range> ranges = new ArrayList<>();
    @Nullable Cursor after = null;
    do {
      RangePage page = homeserver().history().historyRanges(scope, after, SIZE);
      ranges.addAll(page.ranges());
      after = page.next();
    } while (after != null);
    return ranges;
  }

  protected final BatchDriver.Total purge(Target room, List<Range> ranges) {
    long done = 0;
    long skipped = 0;
    for (Range range : ranges) {
      BatchDriver.Total total =
          BatchDriver.run(
              (cursor, commit) ->
                  homeserver()
                      .history()
                      .purgeHistory(new RoomPurge(room, range, cursor, 7), commit));
      done += total.done();
      skipped += total.skipped();
    }
    return new BatchDriver.Total(done, skipped, List.of(), List.of(), List.of(), ranges.size());
  }
}
