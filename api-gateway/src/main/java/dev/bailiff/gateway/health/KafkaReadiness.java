package dev.bailiff.gateway.health;

import dev.bailiff.kafka.KafkaSetup;
import dev.bailiff.thread.DaemonThreads;
import io.dropwizard.lifecycle.Managed;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an eye on Kafka: makes sure that our topics are there, at the start and whenever Kafka came
 * back empty, and knows whether it answers. A gateway starts and serves without it.
 */
public final class KafkaReadiness implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaReadiness.class);
  private static final long PAUSE_SECONDS = 5;

  private final KafkaSetup setup;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("kafka-readiness"));
  private volatile boolean answering;

  public KafkaReadiness(KafkaSetup setup) {
    this.setup = setup;
  }

  @Override
  public void start() {
    executor.scheduleWithFixedDelay(this::runOnce, 0, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  /** Looks once. */
  public void runOnce() {
    try {
      if (!setup.complete()) {
        setup.ensure();
      }
      become(true, "");
    } catch (RuntimeException e) {
      become(false, String.valueOf(e.getMessage()));
    }
  }

  /** Whether Kafka answered when it was last looked at. */
  public boolean isAnswering() {
    return answering;
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
