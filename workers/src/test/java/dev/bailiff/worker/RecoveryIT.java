package dev.bailiff.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.Progress;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.process.EngineExtension;
import dev.bailiff.worker.tally.TallyParameters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs worker processes that kill themselves in all stages, beside one that survives. Leases last
 * an hour here, so only the next delivery of a command can take over. {@code
 * -Dbailiff.recovery.kills=30} kills more often and prints the time from the death of a worker to
 * the end of its job.
 */
class RecoveryIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int KILLS = Integer.getInteger("bailiff.recovery.kills", 1);

  /**
   * Moments of death, in each stage: before its first commit, and between a commit and the work
   * that follows it.
   */
  private static final List<String> PLACES =
      List.of(
          "item:check-0",
          "plan:0",
          "batch-committed:plan",
          "item:s0-15",
          "stage-ended:tally",
          "batch-committed:tally",
          "batch-committed:check");

  @Order(1)
  @RegisterExtension
  static final PostgresExtension postgres = PostgresExtension.migrated();

  @Order(2)
  @RegisterExtension
  static final KafkaExtension kafka = KafkaExtension.shared();

  @Order(3)
  @RegisterExtension
  final EngineExtension engine = new EngineExtension(postgres, kafka);

  @TempDir Path markers;

  @Test
  void aWorkerKilledInAnyStageIsFollowedByTheNextDeliveryOfItsCommand() {
    engine.workerThatDiesFirst("survivor", "-", markers.resolve("nobody"));
    assertDoneOnce(engine.submit("tally", TallyParameters.of(1, 30), "@before:x"));
    var millis = new ArrayList<Long>();
    for (int kill = 0; kill < KILLS; kill++) {
      millis.add(killOne(kill, PLACES.get(kill % PLACES.size())));
    }
    var sorted = millis.stream().sorted().toList();
    System.out.printf(
        "from the death of a worker to the end of its job, %d kills: median %d ms, at worst %d ms %s%n",
        KILLS, sorted.get(KILLS / 2), sorted.get(KILLS - 1), millis);
  }

  /** Kills one worker; returns the milliseconds from its death to the end of the job. */
  private long killOne(int kill, String place) {
    var victim =
        engine.workerThatDiesFirst("victim-" + kill, place, markers.resolve("dead-" + kill));
    for (int n = 0; ; n++) {
      var job = engine.submit("tally", TallyParameters.of(1, 30), "@a" + kill + "-" + n + ":x");
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> !victim.isAlive() || engine.view(job).status().isTerminal());
      long died = System.nanoTime();
      boolean dead = !victim.isAlive();
      assertDoneOnce(job);
      if (dead) {
        long millis = (System.nanoTime() - died) / 1_000_000;
        System.out.printf("killed at %s, followed after %d ms%n", place, millis);
        return millis;
      }
    }
  }

  private void assertDoneOnce(JobId job) {
    var ended = engine.awaitEnd(job);
    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.effects(job, "tally")).as("nothing is done twice").isEqualTo(30);
    assertThat(engine.items(job, "tally")).as("nothing is lost").isEqualTo(30);
    assertThat(ended.progress()).isEqualTo(new Progress(31, 31, 0, 0));
  }
}
