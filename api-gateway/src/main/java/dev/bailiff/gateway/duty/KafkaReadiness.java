package dev.bailiff.gateway.duty;

import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.duty.GuardedRound;
import dev.bailiff.job.JobKind;
import dev.bailiff.kafka.KafkaSetup;
import io.dropwizard.lifecycle.Managed;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches Kafka. Creates our topics at the start and whenever Kafka came back empty. Knows whether
 * Kafka answers and whether workers listen. A gateway starts and serves without Kafka.
 */
public final class KafkaReadiness implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaReadiness.class);
  private static final long PAUSE_SECONDS = 5;

  private final KafkaSetup setup;
  private final List<JobKind> kinds;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("kafka-readiness"));
  private final GuardedRound round = new GuardedRound("kafka-readiness", this::runOnce);
  private volatile boolean answering;
  private volatile List<String> withoutWorkers = List.of();

  /**
   * @param kinds that should have workers
   */
  public KafkaReadiness(KafkaSetup setup, List<JobKind> kinds) {
    this.setup = setup;
    this.kinds = kinds;
  }

  @Override
  public void start() {
    executor.scheduleWithFixedDelay(round, 0, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  /** Checks Kafka once. */
  public void runOnce() {
    try {
      if (!setup.complete()) {
        setup.ensure();
      }
      var attended = setup.attendedKinds();
      withoutWorkers =
          kinds.stream().filter(kind -> !attended.contains(kind)).map(JobKind::name).toList();
      become(true, "");
    } catch (RuntimeException e) {
      become(false, String.valueOf(e.getMessage()));
    }
  }

  /** Whether Kafka answered the last check. */
  public boolean isAnswering() {
    return answering;
  }

  /**
   * The sorted kinds without workers: nobody listens to their topics. Empty while Kafka is away, as
   * Kafka cannot be asked then.
   */
  public List<String> withoutWorkers() {
    return answering ? withoutWorkers : List.of();
  }

  private void become(boolean now, String why) {
    if (now != answering) {
      LOG.info(now ? "Kafka answers" : "Kafka is away: {}", why);
    }
    answering = now;
  }

  @Override
  public void stop() {
    executor.shutdownNow();
    setup.close();
  }
}
