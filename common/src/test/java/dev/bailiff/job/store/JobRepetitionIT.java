package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.JobError;
import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.TargetSnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an ended job left over becomes another job. */
class JobRepetitionIT extends JobStoreFixture {
  private static final JobError ERROR = new JobError(500, "M_UNKNOWN", "it fell");

  @Test
  void aRetryHasTheTargetsThatFailedOrAreLeftOver() {
    var work = openWork("@fails:x", "@gone:x", "@item:x", "@left:x", "@unknown:x");
    store
        .leases()
        .record(
            work.lease(),
            new BatchRecord(
                new End.Done(),
                null,
                3,
                0,
                2,
                List.of(
                    new BatchRecord.FailedItem(0, "@fails:x", "M_UNKNOWN", "it fell", ERROR),
                    new BatchRecord.FailedItem(2, "!room:x", "M_UNKNOWN", "it fell", null)),
                List.of(),
                List.of(),
                List.of(),
                null,
                0,
                List.of(
                    new Verdict(1, List.of()),
                    new Verdict(2, List.of()),
                    new Verdict(3, List.of("rooms")),
                    Verdict.unknown(4, "nobody can tell"))),
            STAGES);

    var retry = retry(work.job().id());

    assertThat(targets(((Acceptance.Accepted) retry).job()))
        .containsExactly("@fails:x", "@item:x", "@left:x");
  }

  @Test
  void aCancelledJobsRetryHasAllThatWasNotVerified() {
    var work = openWork("@a:x", "@b:x");
    store.settlement().cancel(work.job().id());
    store.leases().stop(work.lease());
    store.settlement().settle(work.job().id(), STAGES, null);

    var retry = (Acceptance.Accepted) retry(work.job().id());

    assertThat(targets(retry.job())).containsExactly("@a:x", "@b:x");
    assertThat(store.reader().find(retry.job()).orElseThrow().origin().retryOf())
        .isEqualTo(work.job().id());
  }

  @Test
  void aJobHasOneRetry() {
    var first = accept(request("@a:x"));
    store.settlement().cancel(first.job());
    var retry = (Acceptance.Accepted) retry(first.job());

    assertThat(retry(first.job())).isEqualTo(new Acceptance.Repeated(retry.job()));
  }

  @Test
  void aJobThatLeftNothingOverHasNone() {
    var work = openWork("@a:x");
    store
        .leases()
        .record(
            work.lease(),
            new BatchRecord(
                new End.Done(),
                null,
                1,
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                0,
                List.of(new Verdict(0, List.of()))),
            STAGES);

    assertThat(retry(work.job().id())).isEqualTo(new Acceptance.NoTargets());
    assertThat(count("jobs.job")).isEqualTo(1);
  }

  @Test
  void theMeaningOfTheTargetsIsThatOfTheFirstJob() {
    var first =
        (Acceptance.Accepted)
            store
                .acceptance()
                .accept(
                    request("@a:x", "@b:x").build(),
                    (target, sink) -> sink.add("rooms", List.of("!of-" + target)));
    store.settlement().cancel(first.job());

    var retry = (Acceptance.Accepted) retry(first.job());

    assertThat(store.targets().items(retry.job(), 1, "rooms", null, 10))
        .containsExactly("!of-@b:x");
  }

  @Test
  void aHiddenJobIsNotShownAndItsRowsArePruned() {
    var first = accept(request("@a:x"));
    assertThat(store.changes().discard(first.job())).as("it has not ended").isFalse();
    store.settlement().cancel(first.job());

    assertThat(store.changes().discard(first.job())).isTrue();

    assertThat(store.reader().find(first.job())).isEmpty();
    assertThat(store.lists().list(JobFilter.ALL, null, 10)).isEmpty();
    store.pruning().discarded(10);
    assertThat(count("jobs.job")).isZero();
  }

  @Test
  void aJobStopsWhenTooManyItemsFailed() {
    var terms = new JobTerms(null, null, null, JobTerms.USUAL_PRIORITY, null, null, 2, false);
    var accepted = accept(request("@a:x", "@b:x", "@c:x").with(terms));
    var work = openWork(accepted);
    var one = List.of(new BatchRecord.FailedItem(0, "@a:x", "M_UNKNOWN", "it fell", ERROR));
    store.leases().record(work.lease(), batch(new End.GoesOn(), "1", 0, one, List.of()), STAGES);
    assertThat(store.reader().find(accepted.job()).orElseThrow().cancelRequestedAt()).isNull();
    var other = List.of(new BatchRecord.FailedItem(1, "@b:x", "M_UNKNOWN", "it fell", ERROR));

    var ended =
        store
            .leases()
            .record(work.lease(), batch(new End.GoesOn(), "2", 0, other, List.of()), STAGES);

    assertThat(ended.stageEnded()).isFalse();
    store.leases().stop(work.lease());
    store.settlement().settle(accepted.job(), STAGES, null);
    var job = store.reader().find(accepted.job()).orElseThrow();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.error())
        .isEqualTo(new JobError(500, "M_UNKNOWN", "stopped after 2 failed items"));
  }

  private Acceptance retry(JobId job) {
    var request =
        new JobRequest(
            TestKind.PARAMETERS,
            store.changes().openTargets(job),
            "@admin:x",
            "@admin:x",
            JobTerms.USUAL,
            new JobOrigin(null, job, null),
            false,
            null);
    return store.acceptance().accept(request, TargetSnapshot.NONE);
  }

  private List<String> targets(JobId job) {
    return store.parts().targets(job, -1, 100).stream().map(target -> target.target()).toList();
  }
}
