package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.JobId;
import dev.bailiff.job.Lease;
import dev.bailiff.job.Progress;
import dev.bailiff.job.Segment;
import dev.bailiff.job.SegmentStatus;
import dev.bailiff.job.store.GroupLeases.Delivered;
import dev.bailiff.job.store.GroupLeases.StageRecorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several segments are leased, committed and given back together. */
class GroupLeasesIT extends JobStoreFixture {
  private static final int SEGMENTS = 30;

  @Test
  void severalAreLeasedAtOnceAndNoneTwice() {
    var window = window();

    var leased = store.groups().lease(window, "one", STAGES);

    assertThat(leased).hasSize(CONFIG.window());
    assertThat(leased).allSatisfy(segment -> assertThat(segment.lease().attempt()).isEqualTo(1));
    assertThat(store.groups().lease(window, "two", STAGES)).isEmpty();
  }

  @Test
  void theFirstCommandOfAJobMakesItActive() {
    var first = accept(request("@a:x")).commands().get(0).command();
    var second = accept(request("@b:x")).commands().get(0).command();

    var leased =
        store
            .groups()
            .lease(List.of(new Delivered(first, 1), new Delivered(second, 1)), "one", STAGES);

    assertThat(leased).hasSize(2);
    assertThat(transitions(first)).containsExactly("scheduled", "active");
    assertThat(transitions(second)).containsExactly("scheduled", "active");
  }

  @Test
  void aRedeliveryTakesOverFromTheOwnerWhoLostTheLock() {
    var window = window();
    var lost = store.groups().lease(window, "one", STAGES);

    var again = redelivered(window);

    assertThat(again).hasSameSizeAs(lost);
    assertThatThrownBy(() -> store.leases().fence(lost.get(0).lease()))
        .isInstanceOf(dev.bailiff.job.LeaseLostException.class);
  }

  @Test
  void aGroupEndsItsSegmentsOnceAndFillsAWindowOfGroups() {
    var leased = store.groups().lease(window(), "one", STAGES);

    var followed = commitAll(leased);

    assertThat(followed)
        .singleElement()
        .satisfies(
            stage -> {
              assertThat(stage.recorded().released()).hasSize(4 * CONFIG.window());
              assertThat(stage.recorded().stageEnded()).isFalse();
            });
    assertThat(progress(job(leased))).isEqualTo(new Progress(SEGMENTS, CONFIG.window(), 0, 0));
    assertThat(inFlight(job(leased))).isEqualTo(4 * CONFIG.window());
  }

  @Test
  void theGroupWithTheLastSegmentEndsTheStage() {
    var commands = window();
    boolean ended = false;
    while (!commands.isEmpty()) {
      var leased = store.groups().lease(commands, "one", STAGES);
      var followed = commitAll(leased);
      ended = followed.get(0).recorded().stageEnded();
      commands =
          followed.get(0).recorded().released().stream()
              .map(next -> new Delivered(next.command(), 1))
              .toList();
    }

    assertThat(ended).isTrue();
  }

  @Test
  void aGroupOfTwoJobsCountsForEachOfThem() {
    var leased = new ArrayList<>(store.groups().lease(window(), "one", STAGES));
    var first = job(leased);
    var ofAnother =
        window(request("@b:x").by("@other:x")).stream()
            .filter(next -> !next.command().jobId().equals(first.value()))
            .limit(CONFIG.window())
            .toList();
    leased.addAll(store.groups().lease(ofAnother, "one", STAGES));

    var followed = commitAll(leased);

    assertThat(followed).hasSize(2);
    assertThat(leased.stream().map(segment -> segment.job().id()).distinct())
        .hasSize(2)
        .allSatisfy(
            job ->
                assertThat(progress(job)).isEqualTo(new Progress(SEGMENTS, CONFIG.window(), 0, 0)));
  }

  @Test
  void aGroupWithALostLeaseChangesNothing() {
    var window = window();
    var leased = store.groups().lease(window, "one", STAGES);
    assertThat(store.leases().lease(window.get(0).command(), 2, "two", STAGES)).isPresent();

    assertThatThrownBy(() -> commitAll(leased)).isInstanceOf(GroupBrokenException.class);

    assertThat(progress(job(leased))).isEqualTo(new Progress(SEGMENTS, 0, 0, 0));
  }

  @Test
  void aGroupOfAJobThatWasToldToStopDoesNotBegin() {
    var leased = store.groups().lease(window(), "one", STAGES);
    store.settlement().cancel(job(leased));

    assertThatThrownBy(
            () ->
                store
                    .groups()
                    .commit(
                        leases(leased),
                        group -> {
                          throw new AssertionError("began");
                        }))
        .isInstanceOf(GroupBrokenException.class);
  }

  @Test
  void whatFailsInAGroupTakesTheWholeGroupBack() {
    var leased = store.groups().lease(window(), "one", STAGES);

    assertThatThrownBy(
            () ->
                store
                    .groups()
                    .commit(
                        leases(leased),
                        group -> {
                          group.record(leased.get(0).lease(), done(1), List.of());
                          throw new IllegalStateException("the second");
                        }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(store.leases().reread(leased.get(0))).isPresent();
    assertThat(progress(job(leased))).isEqualTo(new Progress(SEGMENTS, 0, 0, 0));
  }

  @Test
  void segmentsGivenBackAreReadyAndTheirCommandsAreTold() {
    var leased = store.groups().lease(window(), "one", STAGES);

    var commands = store.groups().yield(leased);

    assertThat(commands).hasSameSizeAs(leased);
    assertThat(
            store
                .groups()
                .lease(
                    commands.stream().map(next -> new Delivered(next.command(), 1)).toList(),
                    "two",
                    STAGES))
        .hasSameSizeAs(leased);
    assertThat(store.groups().yield(leased)).as("they are somebody else's").isEmpty();
    assertThat(store.parts().segments(job(leased), 1, 0, 1))
        .singleElement()
        .satisfies(view -> assertThat(view.status()).isEqualTo(SegmentStatus.LEASED));
  }

  @Test
  void anAttemptThatWasNotBegunDoesNotCountAndEarlierOnesStill() {
    var window = window();
    assertThat(store.groups().lease(window, "dies", STAGES)).isNotEmpty();
    var again = redelivered(window);

    assertThat(store.groups().yield(again)).hasSameSizeAs(again);

    assertThat(again).allSatisfy(segment -> assertThat(segment.lease().attempt()).isEqualTo(2));
    assertThat(store.parts().segments(job(again), 1, 0, CONFIG.window()))
        .allSatisfy(view -> assertThat(view.attempts()).isEqualTo(1));
  }

  /** The commands of a job's first window. */
  private List<Delivered> window() {
    return window(request("@a:x"));
  }

  /** The commands of all segments that come into the window when a job is planned. */
  private List<Delivered> window(RequestBuilder request) {
    var planner = openWork(accept(request));
    var planned =
        IntStream.range(0, SEGMENTS).mapToObj(n -> new BatchRecord.Planned("r" + n, 1)).toList();
    return store
        .leases()
        .record(planner.lease(), batch(new End.Done(), null, 0, List.of(), planned), List.of())
        .released()
        .stream()
        .map(next -> new Delivered(next.command(), 1))
        .toList();
  }

  /** Ends all leased segments in one group. */
  private List<StageRecorded> commitAll(List<Segment> leased) {
    return store
        .groups()
        .commit(
            leases(leased),
            group -> leased.forEach(segment -> group.record(segment.lease(), done(1), List.of())));
  }

  /**
   * The segments as leased by another worker, to which Kafka delivered the commands a second time.
   */
  private List<Segment> redelivered(List<Delivered> commands) {
    return store
        .groups()
        .lease(
            commands.stream().map(one -> new Delivered(one.command(), 2)).toList(), "two", STAGES);
  }

  private Progress progress(JobId job) {
    return Objects.requireNonNull(
        store.reader().find(job).orElseThrow().stages().get(1).progress());
  }

  private static List<Lease> leases(List<Segment> segments) {
    return segments.stream().map(Segment::lease).toList();
  }

  private static JobId job(List<Segment> segments) {
    return segments.get(0).job().id();
  }
}
