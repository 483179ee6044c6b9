package dev.bailiff.worker.consume;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import dev.bailiff.kafka.DeadLetterTopic;
import dev.bailiff.kafka.DeadLetterTopic.Letter;
import dev.bailiff.kafka.DeadLetterTopic.Outcome;
import dev.bailiff.log.LogPace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records that are not commands to the topic of dead letters: the original bytes, and in
 * headers {@code bailiff.dead-letter.*} the origin and the reason. The dead letters of a poll are
 * sent together. A flood of them logs one line a second. Thread-safe.
 */
public final class DeadLetterPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterPublisher.class);
  private static final String PREFIX = "bailiff.dead-letter.";

  private final DeadLetterTopic topic;
  private final Counter published;
  private final Counter batches;
  private final Counter dropped;
  private final LogPace publishedPace = new LogPace();
  private final LogPace droppedPace = new LogPace();

  public DeadLetterPublisher(DeadLetterTopic topic, MetricRegistry metrics) {
    this.topic = topic;
    this.published = metrics.counter("bailiff.dead-letters");
    this.batches = metrics.counter("bailiff.dead-letter-batches");
    this.dropped = metrics.counter("bailiff.dead-letters-dropped");
  }

  /** A record that is not a command, and the reason. */
  record Refused(ConsumerRecord<byte[], byte[]> received, String reason) {}

  /**
   * Sends the records as dead letters, and returns when Kafka has answered for all of them.
   *
   * @return the records to be delivered again, because Kafka did not answer in time. A record that
   *     Kafka will never take is counted and dropped: it may leave no room for our headers, for
   *     example
   */
  List<ConsumerRecord<byte[], byte[]>> publish(List<Refused> refused) {
    if (refused.isEmpty()) {
      return List.of();
    }
    var outcomes = topic.send(refused.stream().map(DeadLetterPublisher::letter).toList());
    batches.inc();
    report(those(Outcome.TAKEN, outcomes, refused), published, publishedPace, "dead letter");
    report(
        those(Outcome.REFUSED, outcomes, refused),
        dropped,
        droppedPace,
        "dropped, as Kafka takes no such dead letter,");
    return those(Outcome.LATE, outcomes, refused).stream().map(Refused::received).toList();
  }

  private static List<Refused> those(
      Outcome wanted, List<Outcome> outcomes, List<Refused> refused) {
    return IntStream.range(0, refused.size())
        .filter(n -> outcomes.get(n) == wanted)
        .mapToObj(refused::get)
        .toList();
  }

  private static void report(List<Refused> some, Counter counter, LogPace pace, String what) {
    if (some.isEmpty()) {
      return;
    }
    counter.inc(some.size());
    long unreported = pace.due(some.size());
    if (unreported > 0) {
      var last = some.get(some.size() - 1);
      LOG.warn(
          "{} from {} offset {}: {} ({} since the last line)",
          what,
          last.received().topic(),
          last.received().offset(),
          last.reason(),
          unreported);
    }
  }

  private static Letter letter(Refused refused) {
    var received = refused.received();
    List<Header> headers = new ArrayList<>();
    for (var header : received.headers()) {
      if (!header.key().startsWith(PREFIX)) { // only we may state the origin
        headers.add(header);
      }
    }
    headers.add(header("topic", received.topic()));
    headers.add(header("partition", Integer.toString(received.partition())));
    headers.add(header("offset", Long.toString(received.offset())));
    headers.add(header("reason", refused.reason()));
    return new Letter(received.key(), received.value(), headers);
  }

  private static Header header(String name, String value) {
    return new RecordHeader(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
  }
}
