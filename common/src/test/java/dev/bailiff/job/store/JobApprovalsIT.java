package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.Numbers;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.ApprovalTerms;
import dev.bailiff.job.Approver;
import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.Lease;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.store.JobApprovals.Answer;
import dev.bailiff.job.store.JobSettlement.Settlement;
import dev.bailiff.job.store.SegmentLeases.Recorded;
import dev.bailiff.schemas.command.SegmentCommand;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that need the approval of a second person. */
class JobApprovalsIT extends JobStoreFixture {
  private static final List<String> ALL =
      List.of("resolve", "find", "dry-run", "weigh", "count-first", "plan", "work");
  private static final List<String> OLD = List.of("resolve", "dry-run", "plan", "work");
  private static final Approver BOB = new Approver("token:bob", Set.of("token:bob"));

  @Test
  void aJobWithinTheBoundsIsAsBefore() {
    var accepted = accept(request("@a:x"), 1);

    assertThat(stages(view(accepted.job()))).containsExactly("plan");
    assertThat(count("jobs.approval")).isZero();
  }

  @Test
  void aJobBeyondThemIsCountedWaitsAndBeginsOnceApproved() {
    var job = asked(10);

    var waiting = view(job);
    assertThat(waiting.status()).isEqualTo(JobStatus.AWAITING_APPROVAL);
    assertThat(stages(waiting)).containsExactly("count-first");
    var approval = waiting.approval();
    assertThat(approval.why()).isEqualTo("it is about 2 accounts, more than 1");
    assertThat(approval.numbers().toString()).isEqualTo("{\"events\": 10}".replace(" ", ""));
    assertThat(approval.until()).isAfter(databaseTime());
    assertThat(count("jobs.claim")).isZero();
    assertThat(store.upkeep().unsettled(10)).isEmpty();
    assertThat(store.upkeep().republish(10)).as("it costs nothing while it waits").isEmpty();

    var done = (Answer.Done) store.approvals().approve(job, BOB, 1);
    count(done.commands().get(0).command(), one(11));

    assertThat(stages(view(job))).containsExactly("count-first", "count-first", "plan");
    assertThat(view(job).status()).isEqualTo(JobStatus.ACTIVE);
    assertThat(view(job).approval().approvedBy()).isEqualTo("token:bob");
    assertThat(view(job).progress().total()).as("counting is no work").isZero();
    assertThat(transitions(command(job, 0)))
        .containsExactly("scheduled", "active", "awaiting_approval", "active");
  }

  @Test
  void numbersThatGrewByMoreThanATenthAskAgain() {
    var job = asked(10);
    var done = (Answer.Done) store.approvals().approve(job, BOB, null);

    count(done.commands().get(0).command(), one(12));

    var again = view(job);
    assertThat(again.status()).isEqualTo(JobStatus.AWAITING_APPROVAL);
    assertThat(again.approval().plan()).isEqualTo(2);
    assertThat(again.approval().why())
        .isEqualTo(
            "its numbers grew by more than 10 % since token:bob saw them: events from 10 to 12");
    assertThat(again.approval().approvedBy()).isNull();
    assertThat(store.approvals().approve(job, BOB, 1))
        .as("bob saw the first plan")
        .isEqualTo(new Answer.OtherPlan(2));
    var second = (Answer.Done) store.approvals().approve(job, BOB, 2);
    count(second.commands().get(0).command(), one(12));
    assertThat(view(job).status()).isEqualTo(JobStatus.ACTIVE);
  }

  @Test
  void aNumberThatIsNotKnownIsNoGrowth() {
    var job = asked(Counted.one(Numbers.NONE.withUnknown("events")));
    var done = (Answer.Done) store.approvals().approve(job, BOB, null);

    count(done.commands().get(0).command(), one(1_000));

    assertThat(view(job).status()).isEqualTo(JobStatus.ACTIVE);
  }

  /** Targets that a filter matches later are not in the plan, so nobody approved them. */
  @Test
  void aFilterIsResolvedOnceBeforeTheApproval() {
    var filter = JobOrigin.filter(JsonNodeFactory.instance.objectNode().put("user_id", "@*"), 9);
    var accepted = accept(request().from(filter), 1);
    var found = record(lease(accepted.commands().get(0).command()), found("@a:x", "@b:x"));
    count(((Settlement.Leased) found.settled()).segment().lease(), one(5));
    assertThat(stages(view(accepted.job()))).containsExactly("find", "count-first");

    var done = (Answer.Done) store.approvals().approve(accepted.job(), BOB, null);
    count(done.commands().get(0).command(), one(5));

    assertThat(stages(view(accepted.job())))
        .containsExactly("find", "count-first", "count-first", "plan");
    assertThat(store.parts().targets(accepted.job(), -1, 10))
        .extracting(target -> target.target())
        .containsExactly("@a:x", "@b:x");
  }

  @Test
  void aFilterThatFindsFewNeedsNone() {
    var filter = JobOrigin.filter(JsonNodeFactory.instance.objectNode().put("user_id", "@*"), 9);
    var accepted = accept(request().from(filter), 1);

    record(lease(accepted.commands().get(0).command()), found("@a:x"));

    assertThat(stages(view(accepted.job()))).containsExactly("find", "plan");
    assertThat(view(accepted.job()).approval()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"token:alice", "@admin:x"})
  void nobodyDecidesAboutTheOwnJob(String party) {
    var job = asked(1);
    var own = new Approver("token:second", Set.of("token:second", party));

    assertThat(store.approvals().approve(job, own, null)).isEqualTo(new Answer.Own());
    assertThat(store.approvals().reject(job, own, "no")).isEqualTo(new Answer.Own());
    assertThat(view(job).status()).isEqualTo(JobStatus.AWAITING_APPROVAL);
  }

  @Test
  void ofTwoApproversAtOnceOneCounts() {
    var job = asked(1);
    var carol = new Approver("token:carol", Set.of("token:carol"));

    var answers =
        Stream.of(BOB, carol, BOB, carol)
            .map(
                who ->
                    CompletableFuture.supplyAsync(() -> store.approvals().approve(job, who, null)))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).filteredOn(Answer.Done.class::isInstance).hasSize(1);
    assertThat(answers).filteredOn(Answer.NotAsked.class::isInstance).hasSize(3);
    assertThat(stages(view(job))).containsExactly("count-first", "count-first");
    assertThat(count("jobs.segment where status = 'ready'")).isEqualTo(1);
  }

  @Test
  void aRejectedJobIsCancelledAndSaysWhy() {
    var job = asked(1);

    store.approvals().reject(job, BOB, "ask legal first");

    var ended = view(job);
    assertThat(ended.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(ended.error().text()).isEqualTo("token:bob rejected the job: ask legal first");
    assertThat(ended.approval().rejection()).isEqualTo("ask legal first");
    assertThat(store.approvals().approve(job, BOB, null))
        .isEqualTo(new Answer.NotAsked(JobStatus.CANCELLED, null));
  }

  @Test
  void whatNobodyApprovesInTimeEnds() {
    var job = asked(1);
    assertThat(store.upkeep().unsettled(10)).isEmpty();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.job set approval_until = clock_timestamp() - interval '1 s'"));

    assertThat(store.upkeep().unsettled(10)).containsExactly(job);
    assertThat(store.approvals().approve(job, BOB, null))
        .as("too late")
        .isEqualTo(new Answer.NotAsked(JobStatus.CANCELLED, null));

    assertThat(view(job).error().text()).isEqualTo("nobody approved the job in time");
    assertThat(store.upkeep().unsettled(10)).isEmpty();
  }

  /** With a clock that was set back, the job waits for longer; nothing begins without approval. */
  @Test
  void aClockThatWasSetBackOnlyLengthensTheWait() {
    var job = asked(10);
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.job set approval_until = approval_until + interval '1 year', accepted_at = accepted_at + interval '1 year'"));
    jdbi.useHandle(
        handle ->
            handle.execute("update jobs.approval set counted_at = counted_at + interval '1 year'"));

    assertThat(store.upkeep().unsettled(10)).isEmpty();
    assertThat(store.upkeep().makeFarDue(10)).isZero();
    var done = (Answer.Done) store.approvals().approve(job, BOB, null);
    count(done.commands().get(0).command(), one(100));
    assertThat(view(job).status()).as("counted again").isEqualTo(JobStatus.AWAITING_APPROVAL);
  }

  @Test
  void aJobThatWaitsCanBeCancelledButNeitherPausedNorResumed() {
    var job = asked(1);

    assertThat(store.pausing().pause(job)).contains(JobStatus.AWAITING_APPROVAL);
    assertThat(store.pausing().resume(job).orElseThrow().status())
        .isEqualTo(JobStatus.AWAITING_APPROVAL);
    assertThat(store.settlement().cancel(job)).contains(JobStatus.CANCELLED);
    assertThat(store.approvals().approve(job, BOB, null)).isInstanceOf(Answer.NotAsked.class);
  }

  /** A worker of the release before would go on with the plan at once. */
  @Test
  void workersOfTheReleaseBeforeLeaveSuchJobsAlone() {
    var accepted = accept(request("@a:x", "@b:x"), 1);
    var filter = JobOrigin.filter(JsonNodeFactory.instance.objectNode().put("user_id", "@*"), 9);
    var filtered = accept(request().from(filter), 1);

    for (var each : List.of(accepted, filtered)) {
      assertThat(store.leases().lease(each.commands().get(0).command(), 1, "old", OLD)).isEmpty();
    }
    var job = asked(1);
    assertThat(store.settlement().settle(job, OLD, null))
        .isEqualTo(new Settlement.Nothing(List.of()));
    assertThat(view(job).status()).isEqualTo(JobStatus.AWAITING_APPROVAL);
  }

  @Test
  void aJobForLaterIsCountedNowAndBeginsThen() {
    var later = databaseTime().plusSeconds(3_600);
    var accepted = accept(request("@a:x", "@b:x").at(later), 1);
    count(accepted.commands().get(0).command(), one(1));
    var done = (Answer.Done) store.approvals().approve(accepted.job(), BOB, null);

    count(done.commands().get(0).command(), one(1));

    assertThat(stages(view(accepted.job()))).containsExactly("count-first", "count-first", "plan");
    assertThat(store.upkeep().republish(10)).isEmpty();
    assertThat(store.upkeep().makeFarDue(10)).isZero();
    assertThat(store.upkeep().unsettled(10)).isEmpty();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.segment set publish_at = clock_timestamp() where status = 'ready'"));
    assertThat(store.upkeep().republish(10))
        .singleElement()
        .satisfies(command -> assertThat(command.command().stage()).isEqualTo(2));
  }

  @Test
  void whatNobodyElseCouldApproveIsNotStored() {
    var request = request("@a:x", "@b:x").build().approvedBy(terms(1).withPossible(false));

    assertThat(store.acceptance().accept(request, TargetSnapshot.NONE))
        .isEqualTo(new Acceptance.NobodyApproves("it is about 2 accounts, more than 1"));
    assertThat(count("jobs.job")).isZero();
    var small = request("@a:x").build().approvedBy(terms(1).withPossible(false));
    assertThat(store.acceptance().accept(small, TargetSnapshot.NONE))
        .isInstanceOf(Acceptance.Accepted.class);
  }

  @Test
  void targetsThatAreLeftOutAreThoseOfTheNewestCount() {
    var job = asked(Counted.leftOut(0, "gone").plus(one(3)));
    assertThat(store.plans().find(job).leftOut()).isEqualTo(1);
    var done = (Answer.Done) store.approvals().approve(job, BOB, null);

    count(done.commands().get(0).command(), new Counted(2, Numbers.of("events", 3), List.of()));

    assertThat(store.plans().find(job).leftOut()).isZero();
    assertThat(store.plans().leftOut(job, -1, 10)).isEmpty();
  }

  @Test
  void anApprovedJobIsPrunedWithItsApproval() {
    var job = asked(1);
    store.settlement().cancel(job);

    store.pruning().page(JobStatus.CANCELLED, Duration.ZERO, JobPruning.START, 10);

    assertThat(count("jobs.job")).isZero();
    assertThat(count("jobs.approval")).isZero();
  }

  private static ApprovalTerms terms(int mostAccounts) {
    return new ApprovalTerms(
        null,
        mostAccounts,
        null,
        null,
        List.of("token:alice", "@admin:x"),
        Duration.ofDays(7),
        true);
  }

  private Acceptance.Accepted accept(RequestBuilder request, int mostAccounts) {
    JobRequest built = request.build().approvedBy(terms(mostAccounts));
    return (Acceptance.Accepted) store.acceptance().accept(built, TargetSnapshot.NONE);
  }

  private JobId asked(long events) {
    return asked(one(events));
  }

  /** A job of two accounts that waits for an approval. */
  private JobId asked(Counted counted) {
    var accepted = accept(request("@a:x", "@b:x"), 1);
    count(accepted.commands().get(0).command(), counted);
    return accepted.job();
  }

  private void count(SegmentCommand command, Counted counted) {
    count(lease(command), counted);
  }

  private void count(Lease lease, Counted counted) {
    record(lease, counted(new End.Done(), null, counted));
  }

  private Lease lease(SegmentCommand command) {
    return store.leases().lease(command, 1, "me", ALL).orElseThrow().lease();
  }

  private Recorded record(Lease lease, BatchRecord batch) {
    return store.leases().record(lease, batch, ALL);
  }

  private static SegmentCommand command(JobId job, int stage) {
    return new SegmentCommand(
        SegmentCommand.VERSION, job.value(), TestKind.PARAMETERS.kind().name(), stage, 0, 0, null);
  }

  private JobView view(JobId job) {
    return store.reader().find(job).orElseThrow();
  }

  private static List<String> stages(JobView job) {
    return job.stages().stream().map(stage -> stage.name()).toList();
  }

  private static Counted one(long events) {
    return Counted.one(Numbers.of("events", events));
  }
}
