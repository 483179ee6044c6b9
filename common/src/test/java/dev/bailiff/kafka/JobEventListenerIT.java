package dev.bailiff.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.job.JobKind;
import dev.bailiff.schemas.event.JobEvent;
import dev.bailiff.testing.server.KafkaExtension;
import io.dropwizard.util.Duration;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JobEventListenerIT {
  private static final java.time.Duration LIMIT = java.time.Duration.ofSeconds(60);

  @RegisterExtension static final KafkaExtension kafka = KafkaExtension.shared();

  private final Queue<UUID> heard = new ConcurrentLinkedQueue<>();

  /**
   * The listener gets only events sent after it started, so the test repeats the first event until
   * it arrives.
   */
  @Test
  void noRecordEndsItNorKeepsItFromTheNext() throws InterruptedException {
    var config =
        new KafkaConfig(kafka.bootstrapServers(), kafka.prefix(), Duration.seconds(5), Map.of());
    try (var setup = new KafkaSetup(config, List.of(new JobKind("redact-events")))) {
      setup.ensure();
    }
    var listener = new JobEventListener(config, event -> hear(event.jobId()));
    var thread = new Thread(listener);
    var first = new UUID(0, 1);
    var refused = new UUID(0, 0);
    var last = new UUID(0, 2);
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      thread.start();
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                send(producer, config, event(first));
                return heard.contains(first);
              });

      for (int n = 0; n < 12; n++) {
        send(producer, config, null);
      }
      for (var text : List.of("", "null", "{}", "not JSON", "[".repeat(100_000))) {
        send(producer, config, text.getBytes(StandardCharsets.UTF_8));
      }
      send(producer, config, event(refused));
      producer.flush();
      send(producer, config, event(last));

      await().atMost(LIMIT).until(() -> heard.contains(last));
      assertThat(heard).contains(refused);
      assertThat(listener.complaint()).isEmpty();
    } finally {
      listener.close();
      thread.join();
    }
  }

  /** Kafka's client refuses the setting and does not build a consumer. */
  @Test
  void aListenerThatCannotListenSaysSo() throws InterruptedException {
    var config =
        new KafkaConfig(
            kafka.bootstrapServers(),
            kafka.prefix(),
            Duration.seconds(5),
            Map.of(),
            Map.of("fetch.min.bytes", "-1"));
    var listener = new JobEventListener(config, event -> {});
    var thread = new Thread(listener);
    try {
      thread.start();

      await()
          .atMost(LIMIT)
          .until(
              () -> listener.complaint().orElse("").contains("the listener to job events fails"));
    } finally {
      listener.close();
      thread.join();
    }
  }

  private void hear(UUID job) {
    heard.add(job);
    if (job.getLeastSignificantBits() == 0) {
      throw new IllegalStateException("the sink fails at this one");
    }
  }

  /** All records have one key, so that one partition keeps them in order. */
  private static void send(
      KafkaProducer<byte[], byte[]> producer, KafkaConfig config, byte[] value) {
    producer.send(new ProducerRecord<>(config.topics().jobEvents(), new byte[] {1}, value));
  }

  private static byte[] event(UUID job) {
    return CommandSerde.write(
        new JobEvent(
            1, "transition", 1L, job, "redact-events", "active", "completed", null, Instant.EPOCH));
  }
}
