package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.JobError;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.Segment;
import dev.bailiff.job.StopRequestedException;
import dev.bailiff.job.store.JobSettlement.Settlement;
import dev.bailiff.schemas.command.SegmentCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Stages follow each other, and a job has one end. */
class JobSettlementIT extends JobStoreFixture {
  @Test
  void theLastSegmentOfAStageEndsItAndSettlingOpensTheNextOnce() {
    var plan = leasedPlan("@a:x");

    var recorded = store.leases().record(plan.lease(), done(1), List.of());

    assertThat(recorded.stageEnded()).isTrue();
    var settled = store.settlement().settle(plan.job().id(), STAGES, holder(plan.job().id(), "me"));
    assertThat(settled)
        .isInstanceOfSatisfying(
            Settlement.Leased.class,
            leased -> assertThat(leased.segment().lease().key().stage()).isEqualTo(1));
    assertThat(store.settlement().settle(plan.job().id(), STAGES, holder(plan.job().id(), "other")))
        .isEqualTo(new Settlement.Nothing(List.of()));
  }

  @Test
  void theCommitOfAStagesLastSegmentOpensTheNextForItsOwnerAndEndsTheJob() {
    var plan = leasedPlan("@a:x");

    var opened = store.leases().record(plan.lease(), done(1), STAGES);

    var next = ((Settlement.Leased) Objects.requireNonNull(opened.settled())).segment();
    assertThat(next.stage()).isEqualTo("work");
    assertThat(next.lease().holder()).isEqualTo(plan.lease().holder());
    assertThat(store.leases().record(next.lease(), done(1), STAGES).settled())
        .isEqualTo(new Settlement.Ended(JobStatus.COMPLETED));
    assertThat(store.settlement().settle(plan.job().id(), STAGES, null))
        .isEqualTo(new Settlement.Nothing(List.of()));
  }

  @Test
  void aJobWhoseRowIsLockedIsNotWaitedForAndSettledAfterTheCommit() {
    var plan = leasedPlan("@a:x");

    var ended =
        jdbi.inTransaction(
            other -> {
              other.execute("select from jobs.job for no key update");
              return CompletableFuture.supplyAsync(
                      () -> store.leases().record(plan.lease(), done(1), STAGES))
                  .orTimeout(30, TimeUnit.SECONDS)
                  .join();
            });

    assertThat(ended.stageEnded()).isTrue();
    assertThat(ended.settled()).isNull();
    assertThat(store.settlement().settle(plan.job().id(), STAGES, plan.lease().holder()))
        .isInstanceOf(Settlement.Leased.class);
  }

  @Test
  void aJobToldToStopEndsWithTheCommitThatWasOnItsWay() {
    var plan = leasedPlan("@a:x");
    store.settlement().cancel(plan.job().id());

    assertThat(store.leases().record(plan.lease(), done(1), STAGES).settled())
        .isEqualTo(new Settlement.Ended(JobStatus.CANCELLED));
  }

  @Test
  void whatComesNextIsToldByTheStagesNameAndLeftToThoseWhoKnowIt() {
    var plan = leasedPlan("@a:x");
    store.leases().record(plan.lease(), done(1), List.of());
    store.settlement().settle(plan.job().id(), List.of("plan", "new", "work"), null);
    var opened = leasedAt(plan.job().id(), 1, List.of("new"));
    store.leases().record(opened.lease(), done(1), List.of());

    assertThat(store.settlement().settle(plan.job().id(), STAGES, holder(plan.job().id(), "older")))
        .isEqualTo(new Settlement.Nothing(List.of()));
    var settled =
        store
            .settlement()
            .settle(plan.job().id(), List.of("plan", "new", "work"), holder(plan.job().id(), "me"));

    assertThat(settled)
        .isInstanceOfSatisfying(
            Settlement.Leased.class,
            leased -> {
              assertThat(leased.segment().stage()).isEqualTo("work");
              assertThat(leased.segment().lease().key().stage()).isEqualTo(2);
              store.leases().record(leased.segment().lease(), done(0), List.of());
            });
    assertThat(store.settlement().settle(plan.job().id(), STAGES, holder(plan.job().id(), "older")))
        .as("here it is the second, there the third, and for both the last")
        .isEqualTo(new Settlement.Ended(JobStatus.COMPLETED));
  }

  private Segment leasedAt(JobId job, int stage, List<String> known) {
    var command =
        new SegmentCommand(SegmentCommand.VERSION, job.value(), "redact-events", stage, 0, 0, null);
    return store.leases().lease(command, 1, "me", known).orElseThrow();
  }

  @Test
  void manyWhoSettleAtOnceOpenTheNextStageOnce() throws Exception {
    var pool = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        var plan = leasedPlan("@a:x");
        store.leases().record(plan.lease(), done(1), List.of());
        var together = new CyclicBarrier(8);
        var settled = new ArrayList<Future<Settlement>>();
        for (int n = 0; n < 8; n++) {
          settled.add(
              pool.submit(
                  () -> {
                    together.await();
                    return store
                        .settlement()
                        .settle(plan.job().id(), STAGES, holder(plan.job().id(), "me"));
                  }));
        }
        int leased = 0;
        for (var each : settled) {
          leased += each.get() instanceof Settlement.Leased ? 1 : 0;
        }
        assertThat(leased).isEqualTo(1);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aJobEndsOnceAndGivesItsClaimsBack() {
    var accepted = accept(request("@a:x").claimed());
    var work = openWork(accepted);
    store.leases().record(work.lease(), done(0), List.of());

    assertThat(store.settlement().settle(accepted.job(), STAGES, null))
        .isEqualTo(new Settlement.Ended(JobStatus.COMPLETED));
    assertThat(store.settlement().settle(accepted.job(), STAGES, null))
        .isEqualTo(new Settlement.Nothing(List.of()));
    assertThat(count("jobs.claim")).isZero();
    assertThat(transitions(accepted.commands().get(0).command()))
        .containsExactly("scheduled", "active", "completed");
  }

  @Test
  void aJobFailsWithItsOnlyTargetAndKeepsThatTargetsError() {
    var plan = leasedPlan("@a:x");
    var error = new JobError(404, "M_NOT_FOUND", "Unknown room");
    store
        .leases()
        .record(
            plan.lease(),
            batch(
                new End.Done(),
                null,
                0,
                List.of(new BatchRecord.FailedItem(0, "@a:x", error.code(), error.text(), error)),
                List.of()),
            List.of());

    store.settlement().settle(plan.job().id(), STAGES, holder(plan.job().id(), "me"));

    var job = store.reader().find(plan.job().id()).orElseThrow();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.error()).isEqualTo(error);
  }

  @Test
  void aJobOfManyTargetsGoesOnWithoutTheFailedOne() {
    var plan = leasedPlan("@a:x", "@b:x");
    var error = new JobError(404, "M_NOT_FOUND", "Unknown room");
    store
        .leases()
        .record(
            plan.lease(),
            batch(
                new End.Done(),
                null,
                1,
                List.of(new BatchRecord.FailedItem(0, "@a:x", error.code(), error.text(), error)),
                List.of()),
            List.of());

    assertThat(store.settlement().settle(plan.job().id(), STAGES, holder(plan.job().id(), "me")))
        .isInstanceOf(Settlement.Leased.class);
    assertThat(store.targets().open(plan.job().id(), 0, 2, 10))
        .extracting("id")
        .containsExactly("@b:x");
    assertThat(store.parts().failures(plan.job().id(), 0, 10)).hasSize(1);
  }

  @Test
  void cancellingAJobThatWaitsEndsItAtOnce() {
    var accepted = accept(request("@a:x").claimed());

    assertThat(store.settlement().cancel(accepted.job())).contains(JobStatus.CANCELLED);

    assertThat(store.leases().lease(accepted.commands().get(0).command(), 1, "one", STAGES))
        .isEmpty();
    assertThat(count("jobs.claim")).isZero();
  }

  @Test
  void cancellingAJobAtWorkStopsItBeforeItsNextBatch() {
    var plan = leasedPlan("@a:x");

    assertThat(store.settlement().cancel(plan.job().id())).contains(JobStatus.ACTIVE);

    assertThatThrownBy(() -> store.leases().fence(plan.lease()))
        .isInstanceOf(StopRequestedException.class);
    store.leases().stop(plan.lease());
    assertThat(store.settlement().settle(plan.job().id(), STAGES, holder(plan.job().id(), "me")))
        .isEqualTo(new Settlement.Ended(JobStatus.CANCELLED));
    assertThat(store.settlement().cancel(plan.job().id())).contains(JobStatus.CANCELLED);
  }

  @Test
  void aJobWhoseLaterStageCannotBePlannedFailsInsteadOfSkippingIt() {
    var planner = openWork("@a:x", "@b:x");

    store
        .leases()
        .record(
            planner.lease(),
            batch(new End.Failed("given up"), null, 0, List.of(), List.of()),
            List.of());

    assertThat(store.settlement().settle(planner.job().id(), STAGES, null))
        .isEqualTo(new Settlement.Ended(JobStatus.FAILED));
    assertThat(store.reader().find(planner.job().id()).orElseThrow().error())
        .isEqualTo(new JobError(500, "M_UNKNOWN", "given up"));
  }
}
