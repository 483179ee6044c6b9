package dev.bailiff.worker.maintain;

import dev.bailiff.duty.Duty;
import dev.bailiff.kafka.KafkaSetup;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that Kafka was away, and that it was wiped: a topic is gone or has another id. What was
 * sent meanwhile may not have arrived, so the leader of the duties has everything published again
 * that is ready; after a wipe topics and group settings are made again, and the consumers are built
 * anew. Asks Kafka alone, never the store.
 */
public final class KafkaWatch implements Duty {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaWatch.class);

  private final KafkaSetup setup;
  private final Listener listener;
  private boolean answered;
  private Map<String, Uuid> known = Map.of();
  private volatile boolean away;

  /** Hears what became of Kafka, on the thread that asks it. */
  public interface Listener {
    /** It answers, and topics and group settings are there. Told again and again. */
    void answers();

    /** It was away or was wiped, and is there: what was sent may not have arrived. */
    void cameBack();

    /** It came back empty: consumers of before are dead. */
    void wiped();
  }

  public KafkaWatch(KafkaSetup setup, Listener listener) {
    this.setup = setup;
    this.listener = listener;
  }

  /** Whether Kafka did not answer when it was last asked. */
  public boolean isAway() {
    return away;
  }

  @Override
  public boolean runOnce() {
    try {
      if (!answered) {
        // Group settings come before the first poll: a group without them misses what was sent
        // before.
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
