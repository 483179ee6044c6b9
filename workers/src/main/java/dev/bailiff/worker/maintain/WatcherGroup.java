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
 * A Kafka consumer group that names one of the workers that do not lead: the worker that has the
 * first partition of the express topic. The members read nothing from the topic. Kafka keeps track
 * of the members, so the store does not have to.
 *
 * <p>The leader is not in the group, so that the leader and the worker that watches it do not die
 * together.
 */
public final class WatcherGroup implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WatcherGroup.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LEAVING = Duration.ofSeconds(1);
  private static final Duration REBUILD = Duration.ofSeconds(2);

  /** Milliseconds. The shortest session that a broker allows by default. */
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
   * @param name name of this worker in Kafka's logs
   * @param leading whether this worker leads
   * @param named called when Kafka named this worker; must not block
   */
  public WatcherGroup(KafkaConfig config, String name, BooleanSupplier leading, Runnable named) {
    this.config = config;
    this.name = name;
    this.leading = leading;
    this.named = named;
  }

  /** Whether Kafka named this worker to check for a leader. */
  public boolean isNamed() {
    return isNamed;
  }

  /** Has the thread build a new consumer, because Kafka was wiped. */
  public void rebuild() {
    rebuild = true;
  }

  /**
   * Starts the thread if it does not live. Without the thread this worker would never check for a
   * leader.
   */
  public synchronized void startIfMissing() {
    if (!closed && (thread == null || !thread.isAlive())) {
      thread = new Thread(this, "duty-watchers");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** The current fault of this loop; empty if it works. */
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
        // Last catch of the thread: without the thread this worker would never check for a leader
        // again.
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
                // The broker sets the sessions of the other protocol: 45 s by default.
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

  /** Leaves the group; waits at most a second for that. */
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

  /** Notes whether Kafka names this worker. Kafka's client calls it on the polling thread. */
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
