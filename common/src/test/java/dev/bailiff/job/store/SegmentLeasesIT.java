package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.LeaseLostException;
import dev.bailiff.job.Progress;
import dev.bailiff.job.SegmentStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A segment is leased, worked in batches, given back or ended. */
class SegmentLeasesIT extends JobStoreFixture {
  @Test
  void aSegmentIsLeasedOnceAndTheFirstLeaseMakesTheJobActive() {
    var command = accept(request("@a:x")).commands().get(0).command();

    assertThat(store.leases().lease(command, 1, "one", STAGES)).isPresent();
    assertThat(store.leases().lease(command, 1, "two", STAGES)).isEmpty();
    assertThat(status(command)).isEqualTo(JobStatus.ACTIVE);
    assertThat(transitions(command)).containsExactly("scheduled", "active");
  }

  @Test
  void aSecondDeliveryTakesTheLeaseOverAndTheOldOwnerIsRefused() {
    var command = accept(request("@a:x")).commands().get(0).command();
    var first = store.leases().lease(command, 1, "one", STAGES).orElseThrow();

    var second = store.leases().lease(command, 2, "two", STAGES).orElseThrow();

    assertThat(second.lease().epoch()).isEqualTo(2);
    assertThatThrownBy(() -> store.leases().fence(first.lease()))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> store.leases().record(first.lease(), done(1), List.of()))
        .isInstanceOf(LeaseLostException.class);
    assertThat(store.leases().lease(command, 2, "three", STAGES))
        .as("the second delivery may take over once")
        .isEmpty();
  }

  @Test
  void aStageOfAnotherReleaseIsLeftToThoseWhoKnowItAndUsesUpNoAttempt() {
    var command = accept(request("@a:x")).commands().get(0).command();

    assertThat(store.leases().lease(command, 1, "older", List.of("work"))).isEmpty();

    assertThat(status(command)).isEqualTo(JobStatus.SCHEDULED);
    var leased = store.leases().lease(command, 1, "newer", List.of("work", "plan")).orElseThrow();
    assertThat(leased.stage()).isEqualTo("plan");
    assertThat(leased.lease().attempt()).isEqualTo(1);
  }

  @Test
  void aBatchMovesCheckpointAndCountersAndClearsTheAttempts() {
    var segment = leasedPlan("@a:x", "@b:x");

    store
        .leases()
        .record(segment.lease(), batch(new End.GoesOn(), "1", 1, List.of(), List.of()), List.of());

    var reread = store.leases().reread(segment).orElseThrow();
    assertThat(reread.checkpoint()).isEqualTo("1");
    assertThat(store.reader().find(segment.job().id()).orElseThrow().stages().get(0).progress())
        .isEqualTo(new Progress(2, 1, 0, 0));
    assertThat(store.parts().segments(segment.job().id(), -1, -1, 10))
        .singleElement()
        .satisfies(view -> assertThat(view.attempts()).isZero());
  }

  @Test
  void batchesOfASegmentAreHeapOnlyUpdates() {
    var segment = leasedPlan("@a:x");
    long before = hotUpdates();

    for (int n = 0; n < 20; n++) {
      store
          .leases()
          .record(
              segment.lease(),
              batch(new End.GoesOn(), "c" + n, 0, List.of(), List.of()),
              List.of());
    }

    jdbi.useHandle(handle -> handle.execute("select pg_stat_force_next_flush()"));
    Awaitility.await()
        .untilAsserted(() -> assertThat(hotUpdates() - before).isGreaterThanOrEqualTo(19));
  }

  @Test
  void theWindowHoldsSegmentsBackAndEachThatEndsLetsTheNextIn() {
    var planner = openWork("@a:x");
    var planned =
        IntStream.range(0, 10).mapToObj(n -> new BatchRecord.Planned("r" + n, 1)).toList();

    var first =
        store
            .leases()
            .record(planner.lease(), batch(new End.Done(), null, 0, List.of(), planned), List.of());

    assertThat(first.released()).hasSize(CONFIG.window());
    var leased =
        store.leases().lease(first.released().get(0).command(), 1, "one", STAGES).orElseThrow();
    var next = store.leases().record(leased.lease(), done(1), List.of());
    assertThat(next.released()).hasSize(1);
    assertThat(inFlight(planner.job().id())).isEqualTo(CONFIG.window());
  }

  @Test
  void aSnoozedSegmentWaitsWithoutLosingAnAttempt() {
    var plan = leasedPlan("@a:x");

    store
        .leases()
        .record(
            plan.lease(),
            batch(new End.Snoozed(Duration.ofHours(1)), "c", 0, List.of(), List.of()),
            List.of());

    assertThat(store.parts().segments(plan.job().id(), -1, -1, 1))
        .singleElement()
        .satisfies(
            view -> {
              assertThat(view.status()).isEqualTo(SegmentStatus.READY);
              assertThat(view.attempts()).isZero();
            });
    assertThat(store.upkeep().republish(10)).isEmpty();
  }

  @Test
  void claimsAreTakenInOrderAndNoneBeyondTheFirstThatIsTaken() {
    var other = accept(request("@b:x").claimed());
    var mine = accept(request("@a:x"));

    assertThat(store.targets().claim(mine.job(), List.of("@a:x", "@b:x", "@c:x")))
        .first()
        .isEqualTo("@b:x");

    assertThat(claims(mine.job())).containsExactly("@a:x");
    store.settlement().cancel(other.job());
    assertThat(store.targets().claim(mine.job(), List.of("@a:x", "@b:x", "@c:x"))).isEmpty();
    assertThat(claims(mine.job())).containsExactly("@a:x", "@b:x", "@c:x");
  }
}
