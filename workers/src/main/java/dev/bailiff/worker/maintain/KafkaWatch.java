package dev.bailiff.worker.maintain;

import dev.bailiff.duty.Duty;
import dev.bailiff.kafka.KafkaSetup;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that Kafka was away, or that it was wiped: a topic is gone or has another id. Messages of
 * that time may not have arrived, so the leader of the duties publishes all ready commands again.
 * After a wipe, topics and group settings are made again and the consumers are built anew. Asks
 * only Kafka, never the store.
 */
public final class KafkaWatch implements Duty {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaWatch.class);

  private final KafkaSetup setup;
  private final Listener listener;
  private boolean answered;
  private Map<String, Uuid> known = Map.of();
  private volatile boolean away;

  /** Receives the state of Kafka, on the thread that asks Kafka. */
  public interface Listener {
    /** Kafka answers, and topics and group settings are there. Called at each check. */
    void answers();

    /** Kafka is back after it was away or wiped: messages of that time may not have arrived. */
    void cameBack();

    /** Kafka came back empty: the consumers built before are dead. */
    void wiped();
  }

  public KafkaWatch(KafkaSetup setup, Listener listener) {
    this.setup = setup;
    this.listener = listener;
  }

  /** Whether the last check got no answer from Kafka. */
  public boolean isAway() {
    return away;
  }

  @Override
  public boolean runOnce() {
    try {
      if (!answered) {
        // Group settings must exist before the first poll: without them a group misses the commands
        // that were sent earlier.
        setup.ensure();
        answered = true;
      }
      listener.answers();
      var now = setup.topicIds();
      if (!setup.isComplete(now)) {
        setup.ensure();
        now = setup.topicIds();
      }
      if (!known.isEmpty() && !now.equals(known)) {
        setup.ensure();
        LOG.warn("Kafka came back empty");
        listener.wiped();
        listener.cameBack();
      }
      known = now;
      if (away) {
        LOG.info("Kafka is back");
        away = false;
        listener.cameBack();
      }
    } catch (KafkaException e) {
      if (!away) {
        LOG.warn("Kafka is away: {}", e.getMessage());
      }
      away = true;
    }
    return false;
  }
}
