package dev.bailiff.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.JobView.StageView;
import dev.bailiff.job.Progress;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.process.EngineExtension;
import dev.bailiff.worker.tally.TallyParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Runs workers of this release beside workers of the next. The commands of the next release have a
 * record version that this release cannot read, and its kind has one more stage. Old workers put
 * the new commands aside; the store publishes the commands again until a worker gets them that
 * knows them.
 */
class UpgradeFaultIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int POLISHED = 20;

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
  void workersOfTwoRecordVersionsEndEveryJobOnceWhileTheOldGiveWayToTheNew() {
    var old = engine.worker("old");
    var jobs = new ArrayList<>(List.of(submit("@a:x", 10), submit("@b:x", 10)));
    old.awaitLine("batch-committed tally tally", LIMIT);
    var next = engine.workerOfNextRelease("next", "-");
    jobs.addAll(List.of(submit("@c:x", 10), submit("@d:x", 10)));
    next.awaitLine("batch-committed tally", LIMIT);

    old.terminate();

    assertThat(old.awaitExit(Duration.ofSeconds(10))).isEqualTo(143);
    jobs.forEach(job -> assertDoneOnce(engine.awaitEnd(job), 10));
    var after = engine.awaitEnd(submit("@after:x", 1));
    assertDoneOnce(after, 1);
    assertThat(stages(after)).containsExactly("plan", "tally", "polish", "check");
  }

  @Test
  void anUpgradeThatIsTakenBackLosesNoJobAndAStageThatOnlyItKnowsWaitsForTheNextTry() {
    var next = engine.workerOfNextRelease("next", "batch-committed:polish");
    var tallying = submit("@a:x", 20);
    await().atMost(LIMIT).until(() -> engine.effects(tallying, "tally") > 0);
    var polishing = submit("@b:x", 1);
    assertThat(next.awaitExit(LIMIT)).isEqualTo(137);
    assertThat(engine.effects(polishing, "polish")).as("in the middle").isEqualTo(POLISHED / 2);

    var old = engine.worker("old");

    old.awaitLine("dead letter from", LIMIT);
    var ended = engine.awaitEnd(tallying);
    assertDoneOnce(ended, 20);
    assertThat(stages(ended)).containsExactly("plan", "tally", "check");
    assertThat(engine.view(polishing).status()).isEqualTo(JobStatus.ACTIVE);
    assertThat(engine.effects(polishing, "polish")).as("left alone").isEqualTo(POLISHED / 2);
    engine.workerOfNextRelease("again", "-");
    assertDoneOnce(engine.awaitEnd(polishing), 1);
  }

  private JobId submit(String user, int segments) {
    return engine.submit("tally", TallyParameters.of(segments, 20).slow(100), user);
  }

  /** Asserts that each item of the job's stages is done once, and that the counters agree. */
  private void assertDoneOnce(JobView ended, int segments) {
    assertThat(ended.status()).as("%s", ended.error()).isEqualTo(JobStatus.COMPLETED);
    long items = segments * 20L;
    assertThat(engine.items(ended.id(), "tally")).as("nothing is lost").isEqualTo(items);
    assertThat(engine.effects(ended.id(), "tally")).as("nothing is done twice").isEqualTo(items);
    assertThat(engine.effects(ended.id(), "check")).isEqualTo(1);
    long polished = stages(ended).contains("polish") ? POLISHED : 0;
    assertThat(engine.items(ended.id(), "polish")).isEqualTo(polished);
    assertThat(engine.effects(ended.id(), "polish")).isEqualTo(polished);
    long all = items + polished + 1;
    assertThat(ended.progress()).isEqualTo(new Progress(all, all, 0, 0));
  }

  private static List<String> stages(JobView job) {
    return job.stages().stream().map(StageView::name).toList();
  }
}
