package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.Delivery;
import dev.bailiff.job.Holder;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.Lease;
import dev.bailiff.job.LeaseLostException;
import dev.bailiff.job.Progress;
import dev.bailiff.job.Segment;
import dev.bailiff.job.StopRequestedException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The next delivery of a command finds the leases of its former owner. */
class OpenedStageLeasesIT extends JobStoreFixture {
  @Test
  void theNextDeliveryTakesOverTheStageThatTheFormerOwnerOpened() {
    var opened = openWork("@a:x");

    var taken = takeOver(opened.lease(), 2).orElseThrow();

    assertThat(taken.lease().key()).isEqualTo(opened.lease().key());
    assertThat(taken.lease().epoch()).isEqualTo(opened.lease().epoch() + 1);
    assertThatThrownBy(() -> store.leases().fence(opened.lease()))
        .as("the former owner was only asleep")
        .isInstanceOf(LeaseLostException.class);
    assertThat(takeOver(opened.lease(), 2)).as("once").isEmpty();
    assertThat(takeOver(opened.lease(), 3)).as("the heir may die, too").isPresent();
  }

  @Test
  void neitherTheSameDeliveryNorAnotherCommandTakesAnythingOver() {
    var opened = openWork("@a:x");
    var plan = opened.lease().holder().through();

    assertThat(takeOver(opened.lease(), 1)).isEmpty();
    assertThat(
            store
                .takeover()
                .takeOver(
                    new Holder("two", new Delivery(plan.segment(), plan.epoch() + 1, 2)), STAGES))
        .as("another epoch is another command")
        .isEmpty();
    store.leases().fence(opened.lease());
  }

  @Test
  void aLeaseOfAJobThatWasToldToStopIsTakenOverToBeEnded() {
    var opened = openWork("@a:x");
    store.settlement().cancel(opened.job().id());

    var taken = takeOver(opened.lease(), 2).orElseThrow();

    assertThatThrownBy(() -> store.leases().fence(taken.lease()))
        .isInstanceOf(StopRequestedException.class);
    store.leases().stop(taken.lease());
    store.settlement().settle(opened.job().id(), STAGES, null);
    assertThat(store.reader().find(opened.job().id()).orElseThrow().status())
        .isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void aLeaseOfTheReleaseBeforeRemembersNothingAndGoesByItsEpoch() {
    var command = accept(request("@a:x")).commands().get(0).command();
    store.leases().lease(command, 1, "new", STAGES);
    jdbi.useHandle(
        handle ->
            handle.execute("update jobs.segment set epoch = epoch + 1, lease_owner = 'before'"));

    assertThat(store.leases().lease(command, 2, "two", STAGES)).isEmpty();
    assertThat(store.leases().lease(command, 3, "three", STAGES)).isPresent();
  }

  @Test
  void aStageThatTheHeirDoesNotKnowIsLeftToThoseWhoKnowItAtOnce() {
    var opened = openWork("@a:x");
    var heir = new Holder("older", again(opened.lease(), 2));

    assertThat(store.takeover().takeOver(heir, List.of("plan"))).isEmpty();

    assertThat(store.takeover().isHeldBefore(heir.through(), List.of("plan"))).isFalse();
    var commands = store.takeover().makeUpFor(heir.through());
    assertThat(commands)
        .singleElement()
        .satisfies(
            command ->
                assertThat(store.leases().lease(command.command(), 1, "newer", STAGES))
                    .isPresent());
  }

  @Test
  void commandsThatTheFormerOwnerDiedBeforeSendingArePublishedOnceMore() {
    var planner = openWork("@a:x");
    var planned =
        IntStream.range(0, 10).mapToObj(n -> new BatchRecord.Planned("r" + n, 1)).toList();
    store
        .leases()
        .record(planner.lease(), batch(new End.Done(), null, 0, List.of(), planned), List.of());

    assertThat(store.takeover().makeUpFor(again(planner.lease(), 2))).hasSize(CONFIG.window());
    assertThat(store.takeover().makeUpFor(again(planner.lease(), 3))).isEmpty();
  }

  @Test
  void whatNoBatchCountedIsSkippedSoThatAStageAddsUp() {
    var segment = openWork("@a:x", "@b:x");
    store
        .leases()
        .record(
            segment.lease(),
            new BatchRecord(
                new End.Done(),
                null,
                3,
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "five, of which two have failed before",
                5,
                List.of()),
            List.of());
    store.settlement().settle(segment.job().id(), STAGES, null);

    var job = store.reader().find(segment.job().id()).orElseThrow();
    assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(job.stages().get(1).progress()).isEqualTo(new Progress(5, 3, 0, 2));
  }

  private java.util.Optional<Segment> takeOver(Lease lease, int delivery) {
    return store.takeover().takeOver(new Holder("two", again(lease, delivery)), STAGES);
  }

  private static Delivery again(Lease lease, int delivery) {
    var through = lease.holder().through();
    return new Delivery(through.segment(), through.epoch(), delivery);
  }
}
