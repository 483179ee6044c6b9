package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.job.JobKind;
import dev.bailiff.job.KindContracts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway with its database and Kafka, with workers and without. */
class ReadinessIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String WHOLE = "{\"status\":\"ok\",\"database\":\"ok\",\"kafka\":\"ok\"}";

  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  @Test
  void readinessNamesTheKindsThatNobodyWorks() {
    var kinds = KindContracts.load().names();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(ready())
                    .isEqualTo(
                        "{\"status\":\"degraded\",\"database\":\"ok\",\"kafka\":\"ok\",\"without_workers\":["
                            + String.join(
                                ",", kinds.stream().map(kind -> "\"" + kind + "\"").toList())
                            + "]}"));
    var workers = kinds.stream().map(ReadinessIT::listensTo).toList();
    try {
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                workers.forEach(worker -> worker.poll(Duration.ofMillis(50)));
                return ready().equals(WHOLE);
              });
    } finally {
      workers.forEach(KafkaShareConsumer::close);
    }

    await().atMost(LIMIT).until(() -> ready().contains("\"without_workers\""));
  }

  private static String ready() {
    var reply = gateway.nobody().get("/health/ready");
    assertThat(reply.status()).isEqualTo(200);
    return reply.body();
  }

  private static KafkaShareConsumer<byte[], byte[]> listensTo(JobKind kind) {
    var config = gateway.config().kafka();
    var worker =
        new KafkaShareConsumer<>(
            config.client(Map.of("group.id", config.topics().group(kind))),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    worker.subscribe(List.of(config.topics().commands(kind)));
    return worker;
  }
}
