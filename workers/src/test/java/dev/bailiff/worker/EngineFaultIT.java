package dev.bailiff.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.Progress;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.SegmentStatus;
import dev.bailiff.schemas.command.SegmentCommand;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.process.EngineExtension;
import dev.bailiff.worker.process.TestPlace;
import dev.bailiff.worker.tally.TallyParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Breaks the engine on purpose, with worker processes that are really killed. After each fault four
 * things hold: nothing is lost, nothing is done twice, the recorded state is right, and the next
 * worker finishes the job.
 */
class EngineFaultIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  @Order(1)
  @RegisterExtension
  static final PostgresExtension postgres = PostgresExtension.migrated();

  @Order(2)
  @RegisterExtension
  static final KafkaExtension kafka = KafkaExtension.shared();

  @Order(3)
  @RegisterExtension
  final EngineExtension engine = new EngineExtension(postgres, kafka);

  @Test
  void aWorkerKilledInTheMiddleOfABatchLosesNothingAndRepeatsNothing() {
    var first = engine.worker("first");
    var job = engine.submit("tally", TallyParameters.of(3, 40).slow(200), "@a:x");
    first.awaitLine("batch-committed tally tally", LIMIT);
    first.awaitLine("batch-open tally", LIMIT);

    first.kill();
    engine.worker("second");

    assertDoneOnce(engine.awaitEnd(job), 3 * 40);
  }

  @Test
  void aWorkerStoppedPastItsLeaseWithAnOpenTransactionChangesNothingWhenItWakesUp() {
    var sleeper = engine.worker("sleeper");
    var job = engine.submit("tally", TallyParameters.of(1, 30).slow(300), "@a:x");
    sleeper.awaitLine("batch-open tally", LIMIT);

    sleeper.stop();
    engine.worker("second");
    var ended = engine.awaitEnd(job);
    sleeper.resume();
    sleeper.awaitLine("not ours any more", LIMIT);

    assertDoneOnce(ended, 30);
    sleeperIsHarmless(job, ended);
    assertThat(engine.store().parts().segments(job, 0, 0, 10))
        .filteredOn(segment -> segment.stage() == 1)
        .allSatisfy(
            segment -> assertThat(segment.epoch()).as("the lease was taken over").isGreaterThan(1));
  }

  /**
   * Asserts that the sleeper works on another job after waking up, and has not changed the old job.
   */
  private void sleeperIsHarmless(JobId job, JobView ended) {
    var other = engine.submit("tally", TallyParameters.of(4, 10), "@b:x");
    assertDoneOnce(engine.awaitEnd(other), 40);
    assertThat(engine.view(job)).isEqualTo(ended);
    assertThat(engine.effects(job, "tally")).isEqualTo(30);
  }

  @Test
  void aWorkerKilledBetweenTheLastSegmentOfAStageAndTheNextStageLeavesItToTheOthers() {
    var dying = engine.worker("dying", "stage-ended:tally");
    var job = engine.submit("tally", TallyParameters.of(2, 10), "@a:x");
    assertThat(dying.awaitExit(LIMIT)).isEqualTo(137);
    assertThat(engine.view(job).status()).isEqualTo(JobStatus.ACTIVE);

    engine.worker("second");

    assertDoneOnce(engine.awaitEnd(job), 20);
  }

  @Test
  void aWorkerKilledInTheMiddleOfPlanningPlansNoSegmentTwice() {
    var dying = engine.worker("dying", "plan:2");
    var job = engine.submit("tally", TallyParameters.of(10, 5).pages(4), "@a:x");
    assertThat(dying.awaitExit(LIMIT)).isEqualTo(137);

    engine.worker("second");

    assertDoneOnce(engine.awaitEnd(job), 50);
    assertThat(engine.view(job).stages().get(1).segments())
        .as("ten and the one that planned them")
        .isEqualTo(11);
  }

  @Test
  void commandsThatComeTwiceAndOutOfOrderChangeNothing() {
    engine.worker("first");
    engine.worker("second");
    var repeated = new HashSet<SegmentCommand>();
    var random = new Random(7);
    var jobs = new ArrayList<JobId>();
    for (int n = 0; n < 5; n++) {
      jobs.add(engine.submit("tally", TallyParameters.of(6, 20).slow(20), "@u" + n + ":x"));
    }

    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(30))
        .until(
            () -> {
              jobs.forEach(job -> repeat(job, repeated, random));
              return jobs.stream().allMatch(job -> engine.view(job).status().isTerminal());
            });

    jobs.forEach(job -> assertDoneOnce(engine.view(job), 120));
    assertThat(repeated)
        .as("every segment's command, and those of later leases")
        .hasSizeGreaterThan(5 * 9);
  }

  /**
   * Sends the commands of all segments again, in random order, at their present epoch and at the
   * epoch before. Each command is sent again only once: if commands came faster than workers can
   * look at them, the test would only fill a queue.
   */
  private void repeat(JobId job, Set<SegmentCommand> repeated, Random random) {
    var commands = new ArrayList<PublishableCommand>();
    for (var segment : engine.store().parts().segments(job, -1, -1, 100)) {
      for (int epoch = Math.max(0, segment.epoch() - 1); epoch <= segment.epoch(); epoch++) {
        var command =
            new SegmentCommand(
                SegmentCommand.VERSION,
                job.value(),
                "tally",
                segment.stage(),
                segment.segment(),
                epoch,
                null);
        if (repeated.add(command)) {
          commands.add(new PublishableCommand(command, random.nextBoolean()));
        }
      }
    }
    Collections.shuffle(commands, random);
    engine.publisher().publish(commands);
  }

  @Test
  void aJobWhoseCommandWasNeverPublishedIsPublishedFromTheStore() {
    engine.worker("first");

    var job = engine.accept("tally", TallyParameters.of(2, 10), "@a:x").job();

    assertDoneOnce(engine.awaitEnd(job), 20);
  }

  @Test
  void aSegmentWhoseOwnerAndCommandAreBothGoneIsRescued() {
    var accepted = engine.accept("tally", TallyParameters.of(2, 10), "@a:x");
    assertThat(
            engine
                .store()
                .leases()
                .lease(accepted.commands().get(0).command(), 1, "ghost", List.of("plan")))
        .isPresent();

    engine.worker("first");

    assertDoneOnce(engine.awaitEnd(accepted.job()), 20);
  }

  @Test
  void cancelRacingTheLastSegmentLeavesOneEndAndTrueCounters() {
    engine.worker("first");
    engine.worker("second");
    var random = new Random(11);
    for (int n = 0; n < 12; n++) {
      var job = engine.submit("tally", TallyParameters.of(3, 10).slow(15), "@r" + n + ":x");
      engine.awaitStatus(job, JobStatus.ACTIVE);
      long items = random.nextInt(31);
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(2))
          .until(
              () ->
                  engine.effects(job, "tally") >= items || engine.view(job).status().isTerminal());

      engine.store().settlement().cancel(job);

      var ended = engine.awaitEnd(job);
      assertThat(ended.status()).isIn(JobStatus.CANCELLED, JobStatus.COMPLETED);
      assertCountersAreTrue(job, ended);
      assertThat(transitions(job))
          .as("one end")
          .filteredOn(status -> JobStatus.of(status).isTerminal())
          .hasSize(1);
      assertThat(openSegments(job)).isZero();
    }
  }

  @Test
  void aSegmentThatCannotBeDoneIsSplitDownToTheBadItem() {
    engine.worker("first");

    var job = engine.submit("tally", TallyParameters.of(1, 30).bad("s0-17"), "@a:x");

    var ended = engine.awaitEnd(job);
    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(ended.progress()).isEqualTo(new Progress(31, 30, 1, 0));
    assertThat(engine.effects(job, "tally")).isEqualTo(29);
    assertThat(engine.store().parts().failures(job, 0, 10))
        .singleElement()
        .satisfies(failure -> assertThat(failure.item()).isEqualTo("s0-17"));
  }

  @Test
  void aSegmentThatKillsEveryWorkerThatTakesItIsGivenUpAndTheOthersAreDone() {
    var job = engine.submit("tally", TallyParameters.of(3, 20), "@a:x");
    int deaths = 0;
    while (!engine.view(job).status().isTerminal()) {
      var worker = engine.worker("mortal-" + deaths, "item:s1-13");
      await()
          .atMost(LIMIT)
          .until(() -> !worker.isAlive() || engine.view(job).status().isTerminal());
      deaths += worker.isAlive() ? 0 : 1;
    }

    var ended = engine.view(job);
    assertThat(deaths)
        .as("the first had done a batch, which cleared the attempts")
        .isEqualTo(TestPlace.LEASES.maxAttempts() + 1);
    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(ended.progress()).isEqualTo(new Progress(61, 51, 10, 0));
    assertThat(engine.effects(job, "tally")).as("all but the rest of its segment").isEqualTo(50);
    assertThat(engine.store().parts().failures(job, 0, 20))
        .extracting(JobView.FailureView::item)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(10, 20).mapToObj(n -> "s1-" + n).toList());
  }

  @Test
  void threeWorkersShareOneJobAndEachSegmentIsDoneOnce() {
    List.of("first", "second", "third").forEach(engine::worker);

    var job = engine.submit("tally", TallyParameters.of(40, 10).slow(30), "@a:x");

    assertDoneOnce(engine.awaitEnd(job), 400);
  }

  @Test
  void aTermSignalDrainsTheWorkerWithinTenSecondsAndTheOthersGoOn() {
    var draining = engine.worker("draining");
    var job = engine.submit("tally", TallyParameters.of(4, 40).slow(200), "@a:x");
    draining.awaitLine("batch-open tally", LIMIT);

    draining.terminate();

    assertThat(draining.awaitExit(Duration.ofSeconds(10))).isEqualTo(143);
    assertThat(engine.store().parts().segments(job, -1, -1, 20))
        .as("nothing is left leased")
        .noneMatch(segment -> segment.status() == SegmentStatus.LEASED);
    engine.worker("second");
    assertDoneOnce(engine.awaitEnd(job), 160);
  }

  private void assertDoneOnce(JobView ended, long items) {
    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.items(ended.id(), "tally")).as("nothing is lost").isEqualTo(items);
    assertThat(engine.effects(ended.id(), "tally")).as("nothing is done twice").isEqualTo(items);
    assertThat(engine.effects(ended.id(), "check")).as("the next stage ran once").isEqualTo(1);
    assertThat(ended.progress()).as("counters").isEqualTo(new Progress(items + 1, items + 1, 0, 0));
    assertThat(openSegments(ended.id())).isZero();
  }

  private void assertCountersAreTrue(JobId job, JobView ended) {
    long effects = engine.effects(job, "tally") + engine.effects(job, "check");
    assertThat(ended.progress().done()).as("counters equal to reality").isEqualTo(effects);
    assertThat(engine.items(job, "tally")).isEqualTo(engine.effects(job, "tally"));
  }

  private long openSegments(JobId job) {
    return engine.store().parts().segments(job, -1, -1, 1000).stream()
        .filter(segment -> !segment.status().isTerminal())
        .count();
  }

  private List<String> transitions(JobId job) {
    return engine
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select to_status from jobs.transition where job_id = :job order by transition_id")
                    .bind("job", job.value())
                    .mapTo(String.class)
                    .list());
  }
}
