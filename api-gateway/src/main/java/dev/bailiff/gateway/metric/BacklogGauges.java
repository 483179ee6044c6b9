package dev.bailiff.gateway.metric;

import dev.bailiff.job.KindContracts;
import dev.bailiff.job.store.JobReader;
import dev.bailiff.schemas.command.KindContract;
import dev.bailiff.thread.DaemonThreads;
import dev.bailiff.thread.GuardedRound;
import io.dropwizard.lifecycle.Managed;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The numbers one scales workers by, read from the store now and then: every gateway shows the
 * same.
 */
public final class BacklogGauges implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(BacklogGauges.class);
  // Prometheus looks every 15 s or so; reading costs one query on few rows.
  private static final long PAUSE_SECONDS = 10;

  private final JobReader jobs;
  private final KindContracts kinds;
  private final Gauge open;
  private final Gauge oldest;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("backlog-gauges"));
  private final GuardedRound round = new GuardedRound("backlog-gauges", this::runOnce);

  public BacklogGauges(JobReader jobs, KindContracts kinds, PrometheusRegistry registry) {
    this.jobs = jobs;
    this.kinds = kinds;
    this.open =
        Gauge.builder()
            .name("bailiff_open_segments")
            .help("Segments that are ready or leased, inside the windows of their jobs")
            .labelNames("kind")
            .register(registry);
    this.oldest =
        Gauge.builder()
            .name("bailiff_oldest_ready_segment_seconds")
            .help("Age of the oldest segment that waits for a worker")
            .labelNames("kind")
            .register(registry);
  }

  @Override
  public void start() {
    executor.scheduleWithFixedDelay(round, 0, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  /** Reads the backlog once. If the store does not answer, the numbers stay as they were. */
  public void runOnce() {
    try {
      var backlog = jobs.backlog();
      for (KindContract kind : kinds.all()) {
        var found = backlog.stream().filter(one -> one.kind().equals(kind.kind())).findFirst();
        open.labelValues(kind.kind()).set(found.map(JobReader.Backlog::openSegments).orElse(0L));
        oldest
            .labelValues(kind.kind())
            .set(found.map(JobReader.Backlog::oldestReadySeconds).orElse(0.0));
      }
    } catch (RuntimeException e) {
      LOG.warn("the backlog could not be read: {}", e.toString());
    }
  }

  @Override
  public void stop() {
    executor.shutdownNow();
  }
}
