package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.Segment;
import dev.bailiff.job.StopRequestedException;
import dev.bailiff.job.store.JobSettlement.Settlement;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Jobs are held, and go on where they were. */
class JobPausingIT extends JobStoreFixture {

  @Test
  void aPausedJobHasNothingInFlightAndGoesOnWithAFullWindow() {
    var work = planned(10);
    var job = work.job().id();
    assertThat(inFlight(job)).as("the window, with the segment that plans").isEqualTo(4);

    assertThat(store.pausing().pause(job)).contains(JobStatus.PAUSED);

    assertThat(inFlight(job)).as("the segment in the worker's hands").isEqualTo(1);
    assertThatThrownBy(() -> store.leases().fence(work.lease()))
        .isInstanceOf(StopRequestedException.class);
    store.leases().stop(work.lease());
    assertThat(inFlight(job)).isZero();
    assertThat(store.upkeep().republish(100)).isEmpty();

    var resumed = store.pausing().resume(job).orElseThrow();

    assertThat(resumed.status()).isEqualTo(JobStatus.ACTIVE);
    assertThat(resumed.commands()).hasSize(4);
    assertThat(resumed.commands().get(0).command().segment())
        .as("the segment that was begun comes first")
        .isZero();
    assertThat(inFlight(job)).isEqualTo(4);
  }

  @Test
  void aPauseCostsNoAttemptAndNoCheckpoint() {
    var work = openWork("@a:x");
    store
        .leases()
        .record(work.lease(), batch(new End.GoesOn(), "3", 3, List.of(), List.of()), STAGES);
    store.pausing().pause(work.job().id());
    store.leases().stop(work.lease());

    var command = store.pausing().resume(work.job().id()).orElseThrow().commands().get(0).command();
    var again = store.leases().lease(command, 1, "other", STAGES).orElseThrow();

    assertThat(again.checkpoint()).isEqualTo("3");
    assertThat(again.lease().attempt()).isEqualTo(1);
  }

  @Test
  void aCommandOfAPausedJobFindsNothingToDo() {
    var accepted = accept(request("@a:x"));
    store.pausing().pause(accepted.job());

    var command = accepted.commands().get(0).command();
    assertThat(store.leases().lease(command, 1, "me", STAGES)).isEmpty();
    assertThat(status(command)).isEqualTo(JobStatus.PAUSED);

    var resumed = store.pausing().resume(accepted.job()).orElseThrow();
    assertThat(resumed.status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(resumed.commands()).hasSize(1);
    assertThat(store.leases().lease(resumed.commands().get(0).command(), 1, "me", STAGES))
        .isPresent();
  }

  @Test
  void theNextDeliveryTakesOverFromAWorkerThatDiedBeforeItSawThePause() {
    var accepted = accept(request("@a:x"));
    var command = accepted.commands().get(0).command();
    assertThat(store.leases().lease(command, 1, "dead", STAGES)).isPresent();
    store.pausing().pause(accepted.job());

    var heir = store.leases().lease(command, 2, "heir", STAGES).orElseThrow();
    assertThatThrownBy(() -> store.leases().fence(heir.lease()))
        .isInstanceOf(StopRequestedException.class);
    store.leases().stop(heir.lease());

    assertThat(store.pausing().resume(accepted.job()).orElseThrow().commands()).hasSize(1);
  }

  @Test
  void aSegmentThatIsStoppedAfterItsJobWentOnIsDueAtOnce() {
    var work = openWork("@a:x");
    store.pausing().pause(work.job().id());
    store.pausing().resume(work.job().id());

    store.leases().stop(work.lease());

    assertThat(store.upkeep().republish(100))
        .extracting(command -> command.command().segment())
        .containsExactly(0);
    assertThat(segmentStatus(work)).isEqualTo("ready");
  }

  @Test
  void aStageThatEndsWhileItsJobIsPausedOpensNoOther() {
    var plan = leasedPlan("@a:x");
    store.pausing().pause(plan.job().id());

    var recorded = store.leases().record(plan.lease(), done(1), STAGES);

    assertThat(recorded.stageEnded()).isTrue();
    assertThat(recorded.settled()).isEqualTo(new Settlement.Nothing(List.of()));
    store.pausing().resume(plan.job().id());
    assertThat(store.upkeep().unsettled(10)).containsExactly(plan.job().id());
    assertThat(store.settlement().settle(plan.job().id(), STAGES, null))
        .isInstanceOf(Settlement.Opened.class);
  }

  @Test
  void aJobForLaterIsResumedForLater() {
    var runAt = databaseTime().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
    var accepted = accept(request("@a:x").at(runAt));
    store.pausing().pause(accepted.job());

    var resumed = store.pausing().resume(accepted.job()).orElseThrow();

    assertThat(resumed.status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(resumed.commands()).isEmpty();
    assertThat(instant("select publish_at from jobs.segment")).isEqualTo(runAt);
  }

  @Test
  void bothCallsMayBeRepeatedAndLeaveAnEndAsItIs() {
    var accepted = accept(request("@a:x"));
    assertThat(store.pausing().pause(accepted.job())).contains(JobStatus.PAUSED);
    assertThat(store.pausing().pause(accepted.job())).contains(JobStatus.PAUSED);
    assertThat(store.pausing().resume(accepted.job()).orElseThrow().commands()).hasSize(1);
    assertThat(store.pausing().resume(accepted.job()).orElseThrow().commands()).isEmpty();
    store.settlement().cancel(accepted.job());

    assertThat(store.pausing().pause(accepted.job())).contains(JobStatus.CANCELLED);
    assertThat(store.pausing().resume(accepted.job()).orElseThrow().status())
        .isEqualTo(JobStatus.CANCELLED);
    assertThat(store.pausing().pause(JobId.random())).isEmpty();
    assertThat(store.pausing().resume(JobId.random())).isEmpty();
  }

  @Test
  void aPausedJobCanBeCancelled() {
    var work = planned(10);
    store.pausing().pause(work.job().id());
    store.leases().stop(work.lease());

    assertThat(store.settlement().cancel(work.job().id())).contains(JobStatus.CANCELLED);
    assertThat(store.pausing().resume(work.job().id()).orElseThrow().status())
        .isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void aPausedJobCostsNoRoundOfTheLeader() {
    var work = planned(10);
    store.pausing().pause(work.job().id());
    store.leases().stop(work.lease());
    var terms = new DutyTerms(jdbi, CONFIG, "leader");
    try (terms) {
      long term = terms.look().term().orElseThrow();

      var due = terms.renew(term, true).orElseThrow();

      assertThat(due.commands()).isFalse();
      assertThat(due.leases()).isFalse();
      assertThat(due.settling()).isFalse();
    }
  }

  /** The first segment of the second stage, which has planned others and goes on. */
  private Segment planned(int segments) {
    var work = openWork("@a:x");
    store
        .leases()
        .record(
            work.lease(),
            batch(
                new End.GoesOn(),
                null,
                0,
                List.of(),
                IntStream.range(0, segments)
                    .mapToObj(n -> new BatchRecord.Planned("range " + n, 1))
                    .toList()),
            STAGES);
    return work;
  }

  private String segmentStatus(Segment segment) {
    var key = segment.lease().key();
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select status from jobs.segment where job_id = :job and stage_n = :stage and segment_n = :segment")
                .bind("job", key.job().value())
                .bind("stage", key.stage())
                .bind("segment", key.segment())
                .mapTo(String.class)
                .one());
  }
}
