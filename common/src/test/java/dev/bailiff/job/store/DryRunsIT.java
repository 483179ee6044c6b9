package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.LeftOut;
import dev.bailiff.homeserver.counting.Numbers;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.Segment;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.TaskFilter;
import dev.bailiff.job.store.JobSettlement.Settlement;
import dev.bailiff.schemas.command.SegmentCommand;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Jobs that only count what they would do, and the jobs that run their plans. */
class DryRunsIT extends JobStoreFixture {
  private static final List<String> ALL = List.of("resolve", "dry-run", "plan", "work");
  private static final JobTerms DRY =
      new JobTerms(null, null, null, JobTerms.USUAL_PRIORITY, null, null, null, true);

  @Test
  void aDryRunEndsWithoutAnyStageOfItsKind() {
    var job = accept(request("@a:x").with(DRY)).job();

    store
        .leases()
        .record(leased(job).lease(), counted(new End.Done(), null, one("events", 1)), ALL);

    var ended = store.reader().find(job).orElseThrow();
    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(ended.stages()).extracting(stage -> stage.name()).containsExactly("dry-run");
    assertThat(count("jobs.claim")).isZero();
  }

  /** A worker died between the end of a stage and the next one, and another settles the job. */
  @Test
  void whoeverSettlesItTheDryRunOfAFilterGoesOnWithNothingElse() {
    var filter = JobOrigin.filter(JsonNodeFactory.instance.objectNode().put("user_id", "@*"), 9);
    var accepted = accept(request().from(filter).with(DRY));
    var resolve =
        store.leases().lease(accepted.commands().get(0).command(), 1, "me", ALL).orElseThrow();
    store.leases().record(resolve.lease(), found("@a:x"), List.of());

    var next = store.settlement().settle(accepted.job(), ALL, resolve.lease().holder());

    assertThat(((Settlement.Leased) next).segment().stage()).isEqualTo("dry-run");
  }

  @Test
  void anOrdinaryJobHasNoDryRun() {
    var filter = JobOrigin.filter(JsonNodeFactory.instance.objectNode().put("user_id", "@*"), 9);
    var accepted = accept(request().from(filter));
    var resolve =
        store.leases().lease(accepted.commands().get(0).command(), 1, "me", ALL).orElseThrow();
    store.leases().record(resolve.lease(), found("@a:x"), List.of());

    var next = store.settlement().settle(accepted.job(), ALL, resolve.lease().holder());

    assertThat(((Settlement.Leased) next).segment().stage()).isEqualTo("plan");
  }

  @Test
  void numbersOfBatchesAddUpAndWhatIsNotKnownStaysSo() {
    var job = accept(request("@a:x", "@b:x", "@c:x").with(DRY)).job();
    var lease = leased(job).lease();
    var first = one("accounts", 1).plus(one("events", 7));
    var second = Counted.one(Numbers.of("accounts", 1).withUnknown("events"));

    store.leases().record(lease, counted(new End.GoesOn(), "1", first), ALL);
    store.leases().record(lease, counted(new End.GoesOn(), "2", second), ALL);
    store.leases().record(lease, counted(new End.Done(), null, first), ALL);

    var plan = store.plans().find(job);
    assertThat(plan.numbers().known()).containsOnlyKeys("accounts").containsEntry("accounts", 3L);
    assertThat(plan.numbers().unknown()).containsExactly("events");
  }

  @Test
  void targetsThatAreLeftOutComeInPagesAndAreNotRun() {
    var plan = planned("@a:x", "@b:x", "@c:x", "@d:x");

    var first = store.plans().leftOut(plan, -1, 1);
    var second = store.plans().leftOut(plan, first.get(0).number(), 5);

    assertThat(first)
        .extracting(left -> left.target() + " " + left.reason())
        .containsExactly("@a:x gone");
    assertThat(second).extracting(left -> left.target()).containsExactly("@d:x");
    assertThat(store.plans().find(plan).leftOut()).isEqualTo(2);
    var run = run(plan);
    assertThat(store.parts().targets(((Acceptance.Accepted) run).job(), -1, 10))
        .extracting(target -> target.target())
        .containsExactly("@b:x", "@c:x");
  }

  @Test
  void aPlanHasOneRunWithTheMeaningThatItsTargetsHad() {
    var accepted =
        (Acceptance.Accepted)
            store
                .acceptance()
                .accept(
                    request("@a:x", "@b:x").with(DRY).build(),
                    (target, sink) -> sink.add("rooms", List.of("!of-" + target)));
    store
        .leases()
        .record(
            leased(accepted.job()).lease(),
            counted(new End.Done(), null, Counted.leftOut(0, "gone")),
            ALL);

    var run = (Acceptance.Accepted) run(accepted.job());

    assertThat(run(accepted.job())).isEqualTo(new Acceptance.Repeated(run.job()));
    assertThat(store.plans().runOf(accepted.job())).contains(run.job());
    assertThat(store.targets().items(run.job(), 0, "rooms", null, 9)).containsExactly("!of-@b:x");
    assertThat(store.reader().find(run.job()).orElseThrow().origin().planJob())
        .isEqualTo(accepted.job());
  }

  @Test
  void aDryRunIsNoRivalAndNoTask() {
    accept(request("@a:x").with(DRY));

    assertThat(store.acceptance().accept(request("@a:x").claimed().build(), TargetSnapshot.NONE))
        .isInstanceOf(Acceptance.Accepted.class);
    assertThat(
            store
                .tasks()
                .list(
                    new TaskFilter(
                        Set.of(TestKind.PARAMETERS.kind()), Set.of(JobStatus.values()), null, null),
                    null,
                    10))
        .hasSize(1);
    assertThat(store.lists().byTarget(TestKind.PARAMETERS.kind(), "@a:x", 10)).hasSize(1);
  }

  @Test
  void theRateIsThatOfTheLargestNewJobsThatCompleted() {
    assertThat(store.plans().rate(TestKind.PARAMETERS.kind())).isEmpty();
    planned("@a:x");
    assertThat(store.plans().rate(TestKind.PARAMETERS.kind())).as("dry runs").isEmpty();
    var job = completed(4);
    took(job, 2);
    var cancelled = accept(request("@a:x")).job();
    store.settlement().cancel(cancelled);

    var rate = store.plans().rate(TestKind.PARAMETERS.kind()).orElseThrow();

    assertThat(rate.jobs()).isEqualTo(1);
    assertThat(rate.items()).as("the plan does no work").isEqualTo(4);
    assertThat(rate.itemsASecond()).isEqualTo(2);
  }

  @Test
  void smallJobsDoNotMakeTheRate() {
    for (int n = 0; n < 10; n++) {
      took(completed(100), 1);
    }
    for (int n = 0; n < 12; n++) {
      took(completed(1), 10);
    }

    assertThat(store.plans().rate(TestKind.PARAMETERS.kind()).orElseThrow().itemsASecond())
        .isEqualTo(100);
  }

  private JobId completed(long items) {
    var work = openWork("@a:x");
    store.leases().record(work.lease(), done(items), STAGES);
    return work.job().id();
  }

  private void took(JobId job, int seconds) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.job set started_at = finalized_at - ? * interval '1 second' where job_id = ?",
                seconds,
                job.value()));
  }

  /**
   * A dry run that leaves out the first and the last of its targets, if there are more than one.
   */
  private JobId planned(String... targets) {
    var job = accept(request(targets).with(DRY)).job();
    int last = targets.length - 1;
    var leftOut =
        last == 0 ? List.<LeftOut>of() : List.of(new LeftOut(0, "gone"), new LeftOut(last, "old"));
    store
        .leases()
        .record(
            leased(job).lease(),
            counted(
                new End.Done(),
                null,
                new Counted(targets.length, Numbers.of("accounts", targets.length), leftOut)),
            ALL);
    return job;
  }

  private Acceptance run(JobId plan) {
    var request = request().from(JobOrigin.plan(plan)).build();
    return store
        .acceptance()
        .accept(request.withTargets(store.plans().targets(plan)), TargetSnapshot.NONE);
  }

  private Segment leased(JobId job) {
    var command =
        new SegmentCommand(
            SegmentCommand.VERSION, job.value(), TestKind.PARAMETERS.kind().name(), 0, 0, 0, null);
    return store.leases().lease(command, 1, "me", ALL).orElseThrow();
  }

  private static Counted one(String name, long number) {
    return Counted.one(Numbers.of(name, number));
  }
}
