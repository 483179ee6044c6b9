package dev.bailiff.worker.maintain;

import dev.bailiff.job.store.JobUpkeep;
import dev.bailiff.kafka.KafkaSetup;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that Kafka was away, and that it was wiped: a topic is gone or has another id. What was
 * sent meanwhile may not have arrived, so everything that is ready is due then; after a wipe topics
 * and group settings are made again, and the consumers are built anew.
 */
public final class KafkaWatch implements Duty {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaWatch.class);

  private final KafkaSetup setup;
  private final JobUpkeep upkeep;
  private final Runnable rebuildConsumers;
  private Map<String, Uuid> known = Map.of();
  private boolean away;

  public KafkaWatch(KafkaSetup setup, JobUpkeep upkeep, Runnable rebuildConsumers) {
    this.setup = setup;
    this.upkeep = upkeep;
    this.rebuildConsumers = rebuildConsumers;
  }

  @Override
  public boolean runOnce() {
    try {
      var now = setup.topicIds();
      if (!setup.isComplete(now)) {
        setup.ensure();
        now = setup.topicIds();
      }
      if (!known.isEmpty() && !now.equals(known)) {
        setup.ensure();
        LOG.warn("Kafka came back empty: {} commands are published again", upkeep.makeDue());
        rebuildConsumers.run();
      }
      known = now;
      if (away) {
        LOG.info("Kafka is back: {} commands are published again", upkeep.makeDue());
        away = false;
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
