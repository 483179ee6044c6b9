package dev.bailiff.worker.consume;

import dev.bailiff.duty.Pulse;
import dev.bailiff.kafka.KafkaConfig;
import dev.bailiff.log.LogPace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One slot: a share consumer and its thread. The thread polls one command, works it and
 * acknowledges it. It polls several commands at once while the kind's segments are short, because a
 * poll then costs more than the work. It polls many records at once while most of them are junk.
 * The number of records a poll is fixed when a consumer is built, so the slot builds a new consumer
 * when that number changes.
 *
 * <p>A consumer dies when Kafka comes back empty ({@code GroupIdNotFoundException}). Any Kafka
 * error ends the consumer here, and the slot builds a new one. No record ends the consumer: a
 * record at which the dispatcher fails is delivered again, five times at most, and the store
 * publishes its command again. Use {@code drain()} to stop the thread; it calls {@code wakeup()} on
 * the consumer and never interrupts the thread.
 */
public final class CommandLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(CommandLoop.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long REBUILD_MILLIS = 500;
  private static final int SEVERAL = 25;
  private static final int MANY = 500;

  /** A record may have a megabyte, and all slots of a process share its memory. */
  private static final int FETCH_BYTES = 8 << 20;

  /** Milliseconds until a silent broker counts as gone; the default of 30 s is a long pause. */
  private static final int REQUEST_TIMEOUT = 10_000;

  private final String name;
  private final String topic;
  private final String group;
  private final KafkaConfig config;
  private final CommandDispatcher dispatcher;
  private final BooleanSupplier takesSeveral;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final Object pause = new Object();
  private final JunkFlood flood = new JunkFlood(System::nanoTime);
  private final Pulse pulse;
  private final LogPace pace = new LogPace();
  private volatile @Nullable KafkaShareConsumer<byte[], byte[]> consumer;
  private volatile boolean rebuild;

  /**
   * @param name name of the slot in logs
   * @param takesSeveral whether a poll takes several commands now
   */
  public CommandLoop(
      String name,
      String topic,
      String group,
      KafkaConfig config,
      CommandDispatcher dispatcher,
      BooleanSupplier takesSeveral) {
    this.name = name;
    this.topic = topic;
    this.group = group;
    this.config = config;
    this.dispatcher = dispatcher;
    this.takesSeveral = takesSeveral;
    this.pulse = new Pulse("slot " + name);
    dispatcher.gate().onClose(this::leave);
  }

  @Override
  public void run() {
    while (!draining.get()) {
      if (!dispatcher.gate().isOpen()) {
        pause();
        continue;
      }
      int records = recordsAPoll();
      try (var opened = open(records)) {
        consumer = opened;
        rebuild = false;
        opened.setAcknowledgementCommitCallback(this::logLate);
        opened.subscribe(List.of(topic));
        while (!draining.get() && !rebuild && recordsAPoll() == records) {
          iteration(opened);
        }
      } catch (WakeupException e) {
        LOG.debug("slot {} woken up", name);
      } catch (KafkaException | IllegalStateException e) {
        pulse.failed(e);
        if (pace.due() > 0) {
          LOG.warn("slot {} lost its consumer and builds a new one: {}", name, e.toString());
        }
        pause();
      } catch (RuntimeException | Error e) {
        // Last catch of the slot's thread. It also catches OutOfMemoryError: a segment that is too
        // big is given up after its attempts, but nobody would notice a slot that ended.
        pulse.failed(e);
        LOG.error("slot {} failed and goes on", name, e);
        pause();
      } finally {
        consumer = null;
        pulse.end();
      }
    }
  }

  private int recordsAPoll() {
    if (flood.lasts()) {
      return MANY;
    }
    return takesSeveral.getAsBoolean() ? SEVERAL : 1;
  }

  /** Polls once, and works the records that the poll returned. */
  private void iteration(KafkaShareConsumer<byte[], byte[]> opened) {
    pulse.begin();
    var received = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    opened.poll(POLL).forEach(received::add);
    if (!received.isEmpty()) {
      var answers = dispatch(received).iterator();
      received.forEach(one -> opened.acknowledge(one, answers.next()));
      // Asynchronous: a command whose acceptance arrives too late is delivered again, and that
      // delivery finds nothing to do.
      opened.commitAsync();
    }
    pulse.end();
  }

  private List<AcknowledgeType> dispatch(List<ConsumerRecord<byte[], byte[]>> received) {
    try {
      var answers = dispatcher.dispatch(received, draining::get);
      flood.met(answers.junk());
      return answers.each();
    } catch (RuntimeException e) {
      pulse.failed(e);
      if (pace.due() > 0) {
        LOG.error("slot {} failed at what a poll brought, and goes on", name, e);
      }
      pause();
      return Collections.nCopies(received.size(), AcknowledgeType.RELEASE);
    }
  }

  /** The current fault of this slot; empty if it works. */
  public Optional<String> complaint() {
    return pulse.complaint();
  }

  private void logLate(Map<TopicIdPartition, Set<Long>> offsets, @Nullable Exception error) {
    if (error != null) {
      LOG.info("slot {}: late answer for {}: {}", name, offsets, error.toString());
    }
  }

  private KafkaShareConsumer<byte[], byte[]> open(int recordsAPoll) {
    return new KafkaShareConsumer<>(
        config.client(
            Map.of(
                "group.id",
                group,
                "client.id",
                name,
                "share.acknowledgement.mode",
                "explicit",
                "share.acquire.mode",
                "record_limit",
                "max.poll.records",
                recordsAPoll,
                "request.timeout.ms",
                REQUEST_TIMEOUT,
                "default.api.timeout.ms",
                REQUEST_TIMEOUT,
                "fetch.max.bytes",
                FETCH_BYTES)),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Ends the consumer, also during a poll. A run in hand ends first. */
  private void leave() {
    rebuild = true;
    var open = consumer;
    if (open != null) {
      open.wakeup();
    }
  }

  /** Builds a new consumer before the next poll, because Kafka was wiped. */
  public void rebuild() {
    rebuild = true;
  }

  /** Takes no new commands; the run in hand gives its segment back at the next batch. */
  public void drain() {
    draining.set(true);
    var open = consumer;
    if (open != null) {
      open.wakeup();
    }
    synchronized (pause) {
      pause.notifyAll();
    }
  }

  private void pause() {
    synchronized (pause) {
      try {
        if (!draining.get()) {
          pause.wait(REBUILD_MILLIS);
        }
      } catch (InterruptedException e) {
        // Only drain() ends a slot. A leftover interrupt must not end it.
        LOG.debug("slot {} was interrupted, and goes on", name);
      }
    }
  }
}
