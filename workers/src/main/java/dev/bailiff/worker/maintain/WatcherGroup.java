package dev.bailiff.worker.maintain;

import dev.bailiff.duty.Pulse;
import dev.bailiff.kafka.KafkaConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A group of Kafka's that names one of all workers which do not lead: the one that has the first
 * partition of the express topic. It reads nothing from it. Kafka counts who is there; the store
 * does not have to.
 *
 * <p>Whoever leads is not in the group, so that the leader and the one that watches it do not die
 * together.
 */
public final class WatcherGroup implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WatcherGroup.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LEAVING = Duration.ofSeconds(1);
  private static final Duration REBUILD = Duration.ofSeconds(2);

  /** Milliseconds. The shortest that a broker allows unless it is told otherwise. */
  private static final int SESSION = 6_000;

  private static final int HEARTBEAT = 1_500;
  private static final int REQUEST_TIMEOUT = 10_000;

  private final KafkaConfig config;
  private final String name;
  private final BooleanSupplier leading;
  private final Runnable named;
  private final Pulse pulse = new Pulse("the group of watchers");
  private @Nullable Thread thread;
  private volatile boolean closed;
  private volatile boolean rebuild;
  private volatile boolean isNamed;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param name of this worker, in Kafka's logs
   * @param leading whether this worker leads
   * @param named called when this worker was named; must not block
   */
  public WatcherGroup(KafkaConfig config, String name, BooleanSupplier leading, Runnable named) {
    this.config = config;
    this.name = name;
    this.leading = leading;
    this.named = named;
  }

  /** Whether this worker is the one to look. */
  public boolean isNamed() {
    return isNamed;
  }

  /** Builds a new consumer: Kafka was wiped. */
  public void rebuild() {
    rebuild = true;
  }

  /** Starts its thread, unless that lives: without it nobody here would ever look. */
  public synchronized void startIfMissing() {
    if (!closed && (thread == null || !thread.isAlive())) {
      thread = new Thread(this, "duty-watchers");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** What is wrong with this loop now; empty if nothing is. */
  public Optional<String> complaint() {
    return pulse.complaint();
  }

  @Override
  public void run() {
    while (!closed) {
      try (var opened = open()) {
        consumer = opened;
        rebuild = false;
        follow(opened);
      } catch (WakeupException e) {
        LOG.debug("closing");
      } catch (KafkaException | IllegalStateException e) {
        LOG.warn("the group of watchers is joined again: {}", e.toString());
        pause(REBUILD);
      } catch (RuntimeException | Error e) {
        // The edge of the thread: without it nobody here would ever look again.
        pulse.failed(e);
        LOG.error("the group of watchers failed and is joined again", e);
        pause(REBUILD);
      } finally {
        pulse.end();
        isNamed = false;
        consumer = null;
      }
    }
  }

  private void follow(KafkaConsumer<byte[], byte[]> opened) {
    boolean member = false;
    while (!closed && !rebuild) {
      pulse.begin();
      boolean wanted = !leading.getAsBoolean();
      if (wanted && !member) {
        opened.subscribe(List.of(config.topics().express()), new Naming(opened));
      } else if (!wanted && member) {
        opened.unsubscribe();
      }
      member = wanted;
      if (member) {
        opened.poll(POLL);
      } else {
        pause(POLL);
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> open() {
    return new KafkaConsumer<>(
        config.client(
            Map.ofEntries(
                Map.entry("group.id", config.topics().dutiesGroup()),
                Map.entry("client.id", name + "-duties"),
                // The other protocol's sessions are as long as the broker says: 45 s by default.
                Map.entry("group.protocol", "classic"),
                Map.entry("session.timeout.ms", SESSION),
                Map.entry("heartbeat.interval.ms", HEARTBEAT),
                Map.entry(
                    "partition.assignment.strategy", CooperativeStickyAssignor.class.getName()),
                Map.entry("enable.auto.commit", false),
                Map.entry("auto.offset.reset", "latest"),
                Map.entry("allow.auto.create.topics", false),
                Map.entry("request.timeout.ms", REQUEST_TIMEOUT),
                Map.entry("default.api.timeout.ms", REQUEST_TIMEOUT))),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private synchronized void pause(Duration time) {
    try {
      if (!closed) {
        wait(time.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  /** Leaves the group, if that does not take long. */
  @Override
  public void close() {
    closed = true;
    Thread running;
    synchronized (this) {
      notifyAll();
      running = thread;
    }
    var open = consumer;
    if (open != null) {
      open.wakeup();
    }
    if (running != null) {
      try {
        running.join(LEAVING.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Called by Kafka's client on the polling thread. */
  private final class Naming implements ConsumerRebalanceListener {
    private final KafkaConsumer<byte[], byte[]> opened;

    Naming(KafkaConsumer<byte[], byte[]> opened) {
      this.opened = opened;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      opened.pause(partitions);
      if (hasFirst(partitions)) {
        isNamed = true;
        named.run();
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (hasFirst(partitions)) {
        isNamed = false;
      }
    }

    private boolean hasFirst(Collection<TopicPartition> partitions) {
      return partitions.stream().anyMatch(partition -> partition.partition() == 0);
    }
  }
}
