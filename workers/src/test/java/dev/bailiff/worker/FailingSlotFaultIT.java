package dev.bailiff.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.MetricRegistry;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.kafka.KafkaConfig;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.process.EngineExtension;
import dev.bailiff.worker.process.TestPlace;
import dev.bailiff.worker.run.RunListener;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs a worker whose consumers Kafka's client refuses to build. */
class FailingSlotFaultIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

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
  void healthNamesTheSlotsThatFail() throws Exception {
    var whole = engine.place().settings("failing");
    var settings =
        new WorkerSettings(
            whole.database(),
            new KafkaConfig(
                kafka.bootstrapServers(),
                kafka.prefix() + "failing",
                io.dropwizard.util.Duration.seconds(5),
                Map.of(),
                Map.of("fetch.min.bytes", "-1")),
            whole.slots(),
            whole.leases(),
            whole.retention(),
            whole.mediaFolder(),
            whole.name());
    try (var worker =
        Worker.start(
            settings,
            jdbi ->
                new PostgresHomeserver(
                    jdbi,
                    StoreTimeouts.all(TestPlace.LEASES.statementTimeout()),
                    IdentityServers.none()),
            new MetricRegistry(),
            RunListener.NONE)) {
      var check = new WorkerLoopsCheck(worker);

      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(check.execute().getMessage())
                      .contains("slot failing-")
                      .contains("fails"));
      assertThat(check.execute().isHealthy()).isFalse();
    }
  }
}
