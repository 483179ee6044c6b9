package dev.bailiff.worker.consume;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import dev.bailiff.kafka.KafkaPublisher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts commands aside that cannot be read at all: the original bytes, and in headers {@code
 * bailiff.dead-letter.*} where they came from and why.
 */
public final class DeadLetterPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterPublisher.class);
  private static final String PREFIX = "bailiff.dead-letter.";

  private final KafkaPublisher publisher;
  private final Counter published;

  public DeadLetterPublisher(KafkaPublisher publisher, MetricRegistry metrics) {
    this.publisher = publisher;
    this.published = metrics.counter("bailiff.dead-letters");
  }

  /** Returns when Kafka has it; throws otherwise, so that the command is delivered again. */
  public void publish(ConsumerRecord<String, byte[]> received, Exception reason) {
    List<Header> headers = new ArrayList<>(List.of(received.headers().toArray()));
    headers.add(header("topic", received.topic()));
    headers.add(header("partition", Integer.toString(received.partition())));
    headers.add(header("offset", Long.toString(received.offset())));
    headers.add(header("reason", String.valueOf(reason.getMessage())));
    publisher.deadLetter(received.key(), received.value(), headers);
    published.inc();
    LOG.warn(
        "dead letter from {} offset {}: {}",
        received.topic(),
        received.offset(),
        reason.getMessage());
  }

  private static Header header(String name, String value) {
    return new RecordHeader(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
  }
}
