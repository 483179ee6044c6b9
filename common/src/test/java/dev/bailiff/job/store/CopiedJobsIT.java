package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.job.Delivery;
import dev.bailiff.job.Holder;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.LeaseLostException;
import dev.bailiff.job.SegmentStatus;
import dev.bailiff.schemas.command.SegmentCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopiedJobsIT extends JobStoreFixture {
  private CopiedJobs copied;

  @BeforeEach
  void copiedJobs() {
    copied = new CopiedJobs(jdbi);
  }

  @Test
  void noCommandStartsWorkInAPausedJob() {
    var scheduled = accept(request("@a:x")).commands().get(0).command();
    var active = openWork("@b:x");

    assertThat(copied.pause()).isEqualTo(2);

    assertThat(status(scheduled)).isEqualTo(JobStatus.PAUSED);
    assertThat(view(active.lease().key().job()).waitingFor()).isEqualTo("operator");
    makeAllDue();
    assertThat(store.upkeep().republish(10)).isEmpty();
    assertThat(store.leases().lease(scheduled, 1, "w", STAGES)).isEmpty();
    assertThat(store.groups().lease(List.of(new GroupLeases.Delivered(scheduled, 1)), "w", STAGES))
        .isEmpty();
    var again = new Delivery(holder(active.lease().key().job(), "me").through().segment(), 0, 2);
    assertThat(store.takeover().takeOver(new Holder("heir", again), STAGES)).isEmpty();
    assertThat(store.upkeep().unsettled(10)).isEmpty();
    assertThat(status(scheduled)).isEqualTo(JobStatus.PAUSED);
  }

  /** The owner may still be alive where a database was restored under it. */
  @Test
  void leaseOfBeforeIsLostAndItsSegmentIsNotEnded() {
    var held = leasedPlan("@a:x");

    copied.pause();

    assertThatThrownBy(() -> jdbi.useTransaction(handle -> store.leases().fence(held.lease())))
        .isInstanceOf(LeaseLostException.class);
    assertThat(segmentStatus(held.lease().key().job())).isEqualTo(SegmentStatus.READY.word());
    assertThat(attempts(held.lease().key().job())).isZero();
  }

  @Test
  void resumedJobsGoOnWhereTheyWere() {
    var scheduled = accept(request("@a:x")).commands().get(0).command();
    var held = leasedPlan("@b:x");
    copied.pause();
    assertThat(copied.count()).isEqualTo(2);

    assertThat(copied.resume()).isEqualTo(2);

    assertThat(copied.count()).isZero();
    assertThat(status(scheduled)).isEqualTo(JobStatus.SCHEDULED);
    assertThat(view(held.lease().key().job()).status()).isEqualTo(JobStatus.ACTIVE);
    assertThat(view(held.lease().key().job()).waitingFor()).isNull();
    var due = store.upkeep().republish(10);
    assertThat(due).hasSize(2);
    assertThat(due)
        .allSatisfy(
            command ->
                assertThat(store.leases().lease(command.command(), 1, "w", STAGES)).isPresent());
    assertThat(transitions(scheduled))
        .containsExactly("scheduled", "paused", "scheduled", "active");
  }

  @Test
  void jobForLaterStillWaitsForItsTime() {
    var later = accept(request("@a:x").at(Instant.now().plus(Duration.ofHours(1))));
    copied.pause();

    copied.resume();

    assertThat(view(later.job()).status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(store.upkeep().republish(10)).isEmpty();
  }

  @Test
  void pausedJobCanBeCancelledAndIsNotResumed() {
    var paused = accept(request("@a:x")).commands().get(0).command();
    copied.pause();

    assertThat(store.settlement().cancel(new JobId(paused.jobId()))).contains(JobStatus.CANCELLED);

    assertThat(copied.resume()).isZero();
    assertThat(status(paused)).isEqualTo(JobStatus.CANCELLED);
    assertThat(view(new JobId(paused.jobId())).waitingFor()).isNull();
  }

  /** A cancel that was asked for before the copy ends by itself, and no lease holds it up. */
  @Test
  void jobThatWasToStopEnds() {
    var held = leasedPlan("@a:x");
    var job = held.lease().key().job();
    store.settlement().cancel(job);

    assertThat(copied.pause()).isZero();

    assertThat(store.upkeep().unsettled(10)).containsExactly(job);
    store.settlement().settle(job, STAGES, null);
    assertThat(view(job).status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void endedAndNewJobsAreLeftAlone() {
    var ended = accept(request("@a:x")).commands().get(0).command();
    store.settlement().cancel(new JobId(ended.jobId()));

    assertThat(copied.pause()).isZero();
    SegmentCommand fresh = accept(request("@b:x")).commands().get(0).command();

    assertThat(status(ended)).isEqualTo(JobStatus.CANCELLED);
    assertThat(store.leases().lease(fresh, 1, "w", STAGES)).isPresent();
  }

  private JobView view(JobId job) {
    return store.reader().find(job).orElseThrow();
  }

  private void makeAllDue() {
    jdbi.useHandle(
        handle ->
            handle.execute("update jobs.segment set publish_at = now() where status = 'ready'"));
  }

  private String segmentStatus(JobId job) {
    return ofSegment(job, "status", String.class);
  }

  private int attempts(JobId job) {
    return ofSegment(job, "attempts", Integer.class);
  }

  private <T> T ofSegment(JobId job, String column, Class<T> type) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select " + column + " from jobs.segment where job_id = :job")
                .bind("job", job.value())
                .mapTo(type)
                .one());
  }
}
