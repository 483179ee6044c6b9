package dev.bailiff.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.codahale.metrics.MetricRegistry;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.job.JobStatus;
import dev.bailiff.kafka.CommandSerde;
import dev.bailiff.kafka.Topics;
import dev.bailiff.schemas.command.SegmentCommand;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.process.EngineExtension;
import dev.bailiff.worker.process.TestPlace;
import dev.bailiff.worker.run.RunListener;
import dev.bailiff.worker.tally.TallyKind;
import dev.bailiff.worker.tally.TallyParameters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/**
 * Puts junk records into the topics of commands: no record circulates, ends a slot or blocks one.
 */
class JunkFaultIT {
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

  private final MetricRegistry metrics = new MetricRegistry();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private Topics topics;
  private Worker worker;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void startWorker() {
    lines.start();
    logger().addAppender(lines);
    topics = engine.place().kafka().topics();
    worker =
        Worker.start(
            engine.place().settings("edge"),
            jdbi -> {
              TallyKind.jdbi = jdbi;
              return new PostgresHomeserver(
                  jdbi,
                  StoreTimeouts.all(TestPlace.LEASES.statementTimeout()),
                  IdentityServers.none());
            },
            metrics,
            RunListener.NONE);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void stopWorker() {
    producer.close();
    worker.close();
    logger().detachAppender(lines);
  }

  @Test
  void forgedCommandsOfKindsThatAreNoneAreDeadLettersAndGoNowhere() throws Exception {
    for (var kind : List.of("express", "no-such-kind", "Not A Name\u0000\u001b[31m")) {
      for (int n = 0; n < 20; n++) {
        send(topics.express(), CommandSerde.write(command(kind)));
      }
    }
    await().atMost(LIMIT).until(() -> end(topics.deadLetters()) >= 60);

    assertASmallJobEnds();

    assertThat(end(topics.deadLetters())).isEqualTo(60);
    assertThat(end(topics.express()))
        .as("the forged ones, and one command for the job")
        .isEqualTo(60 + 1);
    assertThat(kafka.admin().listTopics().names().get())
        .doesNotContain(topics.express().replace("express", "no-such-kind"));
  }

  @Test
  void noRecordEndsASlotOrRebuildsItsConsumer() throws Exception {
    var odd = oddRecords(topics.express());
    odd.addAll(oddRecords(topics.commands(new dev.bailiff.job.JobKind("tally"))));

    odd.forEach(producer::send);

    producer.flush();
    await().atMost(LIMIT).until(() -> aside() + dropped() >= odd.size());
    assertASmallJobEnds();
    assertThat(aside() + dropped()).isEqualTo(odd.size());
    assertThat(dropped()).as("too big with our headers").isEqualTo(2);
    assertThat(end(topics.deadLetters())).isEqualTo(aside());
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains(" its consumer ") || line.contains(" failed "));
    assertThat(worker.complaints()).isEmpty();
  }

  @Test
  void aFloodIsPutAsideInBatchesAndIsFewLines() throws Exception {
    int each = 3_000;
    for (int n = 0; n < each; n++) {
      send(topics.express(), ("junk " + n).getBytes(StandardCharsets.UTF_8));
      send(topics.commands(new dev.bailiff.job.JobKind("tally")), new byte[0]);
    }
    producer.flush();

    assertASmallJobEnds();

    await().atMost(LIMIT).until(() -> aside() == 2 * each);
    assertThat(metrics.counter("bailiff.dead-letter-batches").getCount())
        .as("twenty alone in each of two slots, then many at a time")
        .isLessThan(120);
    assertThat(lines.list.size()).as("lines, one a second").isLessThan(each / 50);
  }

  /**
   * Runs a job of one segment. Its first command goes by the express topic, the others by the
   * kind's topic.
   */
  private void assertASmallJobEnds() {
    var ended = engine.awaitEnd(engine.submit("tally", TallyParameters.of(1, 3), "@a:x"));
    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.effects(ended.id(), "tally")).isEqualTo(3);
  }

  private static List<ProducerRecord<byte[], byte[]>> oddRecords(String topic) {
    var odd = new ArrayList<ProducerRecord<byte[], byte[]>>();
    for (int n = 0; n < 30; n++) {
      odd.add(new ProducerRecord<>(topic, null, null));
    }
    odd.add(new ProducerRecord<>(topic, new byte[] {(byte) 0xff, (byte) 0xc0}, null));
    for (var text :
        List.of(
            "",
            "null",
            "\u0000",
            "[".repeat(100_000),
            "{\"version\":".repeat(2_000),
            "{\"version\":\"1\"}",
            with("version", "4294967297"),
            with("version", "1.0"),
            with("job_id", "7"),
            with("job_id", "null"),
            with("kind", "{}"),
            with("kind", "null"),
            with("stage", "1e999"),
            with("stage", "99999999999999999999"),
            with("segment", "-1"),
            with("segment", "\"0\""),
            with("epoch", "0.5"),
            with("request", "\"\""),
            with("epoch", "0") + " and more")) {
      odd.add(record(topic, text.getBytes(StandardCharsets.UTF_8)));
    }
    odd.add(record(topic, new byte[] {'"', (byte) 0xc3, '"'}));
    odd.add(record(topic, new byte[1_048_576 - 100]));
    var headers = record(topic, new byte[1]);
    for (int n = 0; n < 5_000; n++) {
      headers.headers().add("bailiff.dead-letter.topic", null);
    }
    odd.add(headers);
    return odd;
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, byte[] value) {
    return new ProducerRecord<>(topic, null, value);
  }

  /** A command with another value in one field. */
  private static String with(String field, String value) {
    var good = new String(CommandSerde.write(command("tally")), StandardCharsets.UTF_8);
    return good.replaceFirst(
        "\"" + field + "\":(\"[^\"]*\"|[a-z0-9]+)", "\"" + field + "\":" + value);
  }

  private static SegmentCommand command(String kind) {
    return new SegmentCommand(SegmentCommand.VERSION, UUID.randomUUID(), kind, 0, 0, 0, null);
  }

  private void send(String topic, byte[] value) {
    producer.send(new ProducerRecord<>(topic, value));
  }

  private long aside() {
    return metrics.counter("bailiff.dead-letters").getCount();
  }

  private long dropped() {
    return metrics.counter("bailiff.dead-letters-dropped").getCount();
  }

  private long end(String topic) throws ExecutionException, InterruptedException {
    var partition = new TopicPartition(topic, 0);
    return kafka
        .admin()
        .listOffsets(Map.of(partition, OffsetSpec.latest()))
        .partitionResult(partition)
        .get()
        .offset();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("dev.bailiff.worker.consume");
  }
}
