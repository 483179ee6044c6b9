package dev.bailiff.kafka;

import dev.bailiff.duty.Pulse;
import dev.bailiff.log.LogPace;
import dev.bailiff.schemas.event.JobEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code job-events} from now on: every gateway reads all partitions, in no group. An event
 * only makes the gateway read the store sooner than it would anyway, so events missed while Kafka
 * is away do no harm.
 */
public final class JobEventListener implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobEventListener.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final KafkaConfig config;
  private final Consumer<JobEvent> sink;
  private final Pulse pulse = new Pulse("the listener to job events");
  private final LogPace lost = new LogPace();
  private final LogPace ignored = new LogPace();
  private volatile boolean closed;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param sink called on the listener's thread for each event; must not block
   */
  public JobEventListener(KafkaConfig config, Consumer<JobEvent> sink) {
    this.config = config;
    this.sink = sink;
  }

  @Override
  public void run() {
    while (!closed) {
      try (var opened = open()) {
        consumer = opened;
        follow(opened);
      } catch (WakeupException e) {
        LOG.debug("stopped");
      } catch (RuntimeException | Error e) {
        // This is the outermost loop, and nobody would notice the end of its thread. The next
        // consumer starts at the end of the topic, so it does not meet the record that made this
        // one fail.
        pulse.failed(e);
        long times = lost.due();
        if (times > 0) {
          LOG.warn("job events are not heard now ({} times): {}", times, e.toString());
        }
        pause();
      } finally {
        consumer = null;
        pulse.end();
      }
    }
  }

  /** The current fault of this listener; empty if the listener has no fault. */
  public Optional<String> complaint() {
    return pulse.complaint();
  }

  private KafkaConsumer<byte[], byte[]> open() {
    return new KafkaConsumer<>(
        config.client(
            Map.of(
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "latest",
                "default.api.timeout.ms",
                10000)),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private void follow(KafkaConsumer<byte[], byte[]> opened) {
    var partitions =
        opened.partitionsFor(config.topics().jobEvents()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new KafkaException("no topic " + config.topics().jobEvents());
    }
    opened.assign(partitions);
    opened.seekToEnd(List.copyOf(partitions));
    partitions.forEach(opened::position);
    while (!closed) {
      pulse.begin();
      for (var received : opened.poll(POLL)) {
        deliver(received.value());
      }
      pulse.end();
    }
  }

  /**
   * Neither an unreadable record nor a failure of the sink keeps the listener from the next record.
   */
  private void deliver(byte @Nullable [] value) {
    try {
      sink.accept(CommandSerde.readEvent(value));
    } catch (CommandUnreadableException | RuntimeException e) {
      long records = ignored.due();
      if (records > 0) {
        LOG.warn(
            "{} records ignored on {}, the last one: {}",
            records,
            config.topics().jobEvents(),
            e.getMessage());
      }
    }
  }

  private synchronized void pause() {
    try {
      if (!closed) {
        wait(1000);
      }
    } catch (InterruptedException e) {
      // Only close() ends this loop; an interrupt that some other code left behind must not end it.
      LOG.debug("interrupted, and goes on");
    }
  }

  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      notifyAll();
    }
    var open = consumer;
    if (open != null) {
      open.wakeup();
    }
  }
}
