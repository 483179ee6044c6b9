package dev.bailiff.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.MetricRegistry;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.WorkerView;
import dev.bailiff.kafka.KafkaSetup;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.maintain.WorkerSightings;
import dev.bailiff.worker.process.EngineExtension;
import dev.bailiff.worker.run.RunListener;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker that does nothing is on the list, and the leader of the duties sees it in Kafka. */
class WorkersAreSeenIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();
  @RegisterExtension static final KafkaExtension kafka = KafkaExtension.shared();
  @RegisterExtension final EngineExtension engine = new EngineExtension(postgres, kafka);

  @Test
  void workerThatDoesNothingIsSeenUntilItEnds() {
    var settings = engine.place().settings("some-express-worker");
    var register = engine.store().workers();
    try (var setup = new KafkaSetup(settings.kafka(), KindContracts.load().names());
        var worker =
            Worker.start(
                settings,
                jdbi -> WorkerApplication.ownStore(jdbi, settings),
                new MetricRegistry(),
                RunListener.NONE)) {
      assertThat(worker.database()).isNotNull();
      var sightings = new WorkerSightings(setup, register, KindContracts.load().names());

      await()
          .atMost(LIMIT)
          .until(() -> names(register.list("", 10)).equals(List.of(settings.name())));
      assertThat(register.list("", 10).get(0).slots()).containsEntry("express", 1);

      engine
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute("update jobs.worker set seen_at = now() - interval '1 hour'"));
      var old = register.list("", 10).get(0).seenAt();
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                sightings.runOnce();
                return register.list("", 10).get(0).seenAt();
              },
              seen -> seen.isAfter(old));
    }

    assertThat(register.list("", 10)).isEmpty();
  }

  private static List<String> names(List<WorkerView> workers) {
    return workers.stream().map(WorkerView::name).toList();
  }
}
