package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.Segment;
import dev.bailiff.schemas.command.SegmentCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which segment comes next when a place in the window of a kind is free. The window has four. */
class SegmentQueueIT extends JobStoreFixture {

  @Test
  void allJobsOfAKindShareItsWindow() {
    var first = job(request("@a:x"));
    var second = job(request("@b:x"));

    assertThat(inFlight(first)).isEqualTo(4);
    assertThat(inFlight(second)).isZero();
  }

  @Test
  void theWindowGrowsWithTheSegmentsThatAreWorked() {
    var job = job(request("@a:x"));
    IntStream.range(0, 4).forEach(n -> lease(job));

    assertThat(store.upkeep().republish(100)).as("three places for each").hasSize(8);
  }

  @Test
  void anotherRequestersJobIsNextHoweverManyWait() {
    var crowd = new ArrayList<JobId>();
    for (int n = 0; n < 10; n++) {
      crowd.add(job(request("@a" + n + ":x").by("@crowd:x")));
    }
    var late = job(request("@b:x").by("@late:x"));

    assertThat(jobs(finish(lease(crowd.get(0))))).containsExactly(late);
  }

  @Test
  void requestersTakeTurns() {
    var crowd = job(request("@a:x").by("@crowd:x"));
    var late = job(request("@b:x").by("@late:x"));
    var next = new ArrayList<JobId>();

    for (int n = 0; n < 4; n++) {
      next.addAll(jobs(finish(lease(crowd))));
    }

    assertThat(next).containsExactly(late, late, crowd, crowd);
  }

  @Test
  void aSegmentThatYieldsMakesRoomForAnotherRequester() {
    var crowd = job(request("@a:x").by("@crowd:x"));
    var late = job(request("@b:x").by("@late:x"));
    var begun = lease(crowd);

    var next = store.leases().yield(begun);

    assertThat(jobs(next)).containsExactly(late);
    assertThat(jobs(finish(lease(late)))).as("who has fewer in flight").containsExactly(late);
  }

  @Test
  void aSegmentThatYieldsGoesOnIfNobodyElseWaits() {
    var begun = lease(job(request("@a:x")));

    assertThat(store.leases().yield(begun))
        .extracting(command -> command.command().segment())
        .containsExactly(begun.lease().key().segment());
  }

  @Test
  void theHighestPriorityIsNext() {
    var usual = job(request("@a:x").by("@a:x"));
    job(request("@b:x").by("@b:x"));
    var urgent = job(request("@c:x").by("@a:x").with(JobTerms.USUAL.ofPriority(5)));

    assertThat(jobs(finish(lease(usual)))).containsExactly(urgent);
  }

  @Test
  void aPriorityThatIsRaisedHoldsForTheNextPlace() {
    var first = job(request("@a:x"));
    var second = job(request("@b:x"));
    assertThat(store.changes().change(second, OptionalInt.of(5), null)).isTrue();

    assertThat(jobs(finish(lease(first)))).containsExactly(second);
    assertThat(store.reader().find(second).orElseThrow().terms().priority()).isEqualTo(5);
  }

  @Test
  void amongJobsOfOneRequesterTheOldestIsNext() {
    var first = job(request("@a:x"));
    job(request("@b:x"));

    assertThat(jobs(finish(lease(first)))).containsExactly(first);
  }

  @Test
  void jobsWaitForTheirFirstWorkerWhenManyWaitAlready() {
    var published = new ArrayList<JobId>();
    for (int n = 0; n < 10; n++) {
      var accepted = accept(request("@a" + n + ":x").by("@crowd:x"));
      accepted.commands().forEach(command -> published.add(accepted.job()));
    }
    var late = accept(request("@b:x").by("@late:x"));
    assertThat(published).hasSize(4);
    assertThat(late.commands()).isEmpty();

    var released =
        store.leases().record(lease(published.get(0)).lease(), done(1), List.of("plan")).released();

    assertThat(jobs(released)).as("the end of a job makes room").containsExactly(late.job());
  }

  @Test
  void theLeaderFillsPlacesThatNobodyElseFilled() {
    for (int n = 0; n < 5; n++) {
      accept(request("@a" + n + ":x"));
    }
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.segment set status = 'done', finalized_at = now() where publish_at is not null"));

    assertThat(store.upkeep().republish(100)).hasSize(1);
    assertThat(count("jobs.queue")).isZero();
  }

  @Test
  void segmentsThatWaitForATimeKeepNobodyFromWorking() {
    job(request("@a:x"));
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.segment set publications = 0 where status = 'ready' and publish_at is not null"));

    assertThat(store.upkeep().republish(100)).hasSize(4);
  }

  @Test
  void segmentsThatWaitForTheHomeserverDo() {
    job(request("@a:x"));
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.segment set publications = 0, homeserver_waits = 1 where status = 'ready' and publish_at is not null"));

    assertThat(store.upkeep().republish(100)).as("no other would get further").isEmpty();
  }

  @Test
  void aJobWithABoundOnItsRateHasTwoInFlight() {
    var terms = new JobTerms(null, null, null, JobTerms.USUAL_PRIORITY, 10, null, null, false);

    assertThat(inFlight(job(request("@a:x").with(terms)))).isEqualTo(2);
  }

  @Test
  void noJobIsLeftInTheQueueWhenAllItsSegmentsWereLetIn() {
    var job = job(request("@a:x"), 5);
    assertThat(count("jobs.queue")).isEqualTo(1);

    finish(lease(job));

    assertThat(count("jobs.queue")).isZero();
  }

  @Test
  void aCancelledJobLeavesTheQueue() {
    var job = job(request("@a:x"));
    store.settlement().cancel(job);

    assertThat(count("jobs.queue")).isZero();
  }

  /** A job at its second stage, whose twenty segments nobody works. */
  private JobId job(RequestBuilder request) {
    return job(request, 20);
  }

  private JobId job(RequestBuilder request, int segments) {
    var accepted = accept(request);
    var work = openWork(accepted);
    var ranges =
        IntStream.range(0, segments)
            .mapToObj(n -> new BatchRecord.Planned("range " + n, 1))
            .toList();
    store.leases().record(work.lease(), batch(new End.Done(), null, 0, List.of(), ranges), STAGES);
    return accepted.job();
  }

  /** Takes the lease of the first segment of a job that is in flight and that nobody works. */
  private Segment lease(JobId job) {
    var command =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select stage_n, segment_n, epoch from jobs.segment
                         where job_id = :job and status = 'ready' and publish_at is not null
                         order by segment_n limit 1
                        """)
                    .bind("job", job.value())
                    .map(
                        (row, context) ->
                            new SegmentCommand(
                                SegmentCommand.VERSION,
                                job.value(),
                                "test-kind",
                                row.getInt("stage_n"),
                                row.getInt("segment_n"),
                                row.getInt("epoch"),
                                null))
                    .one());
    return store.leases().lease(command, 1, "me", STAGES).orElseThrow();
  }

  private List<PublishableCommand> finish(Segment segment) {
    return store.leases().record(segment.lease(), done(1), STAGES).released();
  }

  private static List<JobId> jobs(List<PublishableCommand> commands) {
    return commands.stream().map(command -> new JobId(command.command().jobId())).toList();
  }
}
