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
 * One slot: a share consumer and its thread. Poll one command, work it, acknowledge it; a few a
 * poll while the kind's segments are short, as then a poll costs more than the work, and many while
 * most of it is junk. What a consumer polls is fixed when it is built, so the slot builds a new one
 * when that changes.
 *
 * <p>A consumer dies when Kafka comes back empty ({@code GroupIdNotFoundException}); any error of
 * Kafka's ends the consumer here, and a new one is built. No record ends it: one that the
 * dispatcher fails at is delivered again, five times at most, and its command comes again from the
 * store. It is stopped by {@code wakeup()}, never by interrupting its thread.
 */
public final class CommandLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(CommandLoop.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long REBUILD_MILLIS = 500;
  private static final int SEVERAL = 25;
  private static final int MANY = 500;

  /** Records may have a megabyte each, and all slots of a process share its memory. */
  private static final int FETCH_BYTES = 8 << 20;

  /** Milliseconds until a silent broker is taken for gone; the default of 30 s is a long pause. */
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
   * @param name of the slot, in logs
   * @param takesSeveral whether to take a few commands a poll now
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
        // The edge of the slot's thread. Out of memory, too: what was too big is given up after its
        // attempts, and a slot that ended would be missed by nobody.
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

  /** One poll and what it brings. */
  private void iteration(KafkaShareConsumer<byte[], byte[]> opened) {
    pulse.begin();
    var received = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    opened.poll(POLL).forEach(received::add);
    if (!received.isEmpty()) {
      var answers = dispatch(received).iterator();
      received.forEach(one -> opened.acknowledge(one, answers.next()));
      // Not waited for: what is not accepted in time is delivered again, and finds nothing to do.
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

  /** What is wrong with this slot now; empty if nothing is. */
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

  /** Ends the consumer, and a poll in which it waits; a run in hand comes to its end first. */
  private void leave() {
    rebuild = true;
    var open = consumer;
    if (open != null) {
      open.wakeup();
    }
  }

  /** Builds a new consumer before the next poll: Kafka was wiped. */
  public void rebuild() {
    rebuild = true;
  }

  /** Takes nothing new; the run in hand gives its segment back at the next batch. */
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
        // A slot is ended by drain() alone; what somebody left behind must not end it.
        LOG.debug("slot {} was interrupted, and goes on", name);
      }
    }
  }
}
