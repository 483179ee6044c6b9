package dev.bailiff.gateway.duty;

import dev.bailiff.job.KindContracts;
import dev.bailiff.job.store.BacklogReader;
import dev.bailiff.job.store.BacklogReader.Backlog;
import dev.bailiff.schemas.kind.KindContract;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The numbers by which operators scale workers; every gateway shows the same numbers. The store is
 * read when somebody asks for metrics, at most once in ten seconds. Without requests for metrics
 * the numbers cost nothing.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class BacklogGauges {
  private static final Logger LOG = LoggerFactory.getLogger(BacklogGauges.class);
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final BacklogReader reader;
  private final KindContracts kinds;
  private final LongSupplier nanoTime;
  private List<Backlog> read = List.of();
  private long staleAt;

  /**
   * @param nanoTime as of {@link System#nanoTime()}
   */
  public BacklogGauges(BacklogReader reader, KindContracts kinds, LongSupplier nanoTime) {
    this.reader = reader;
    this.kinds = kinds;
    this.nanoTime = nanoTime;
    this.staleAt = nanoTime.getAsLong();
  }

  /** Adds the numbers to the metrics of this gateway. */
  public void show(PrometheusRegistry registry) {
    show(
        "bailiff_open_segments",
        "Segments that are ready or leased, inside the windows of their jobs",
        Backlog::openSegments,
        registry);
    show(
        "bailiff_oldest_ready_segment_seconds",
        "Age of the oldest segment that waits for a worker",
        Backlog::oldestReadySeconds,
        registry);
  }

  private void show(
      String name, String help, ToDoubleFunction<Backlog> number, PrometheusRegistry registry) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("kind")
        .callback(
            gauge -> {
              var backlog = backlog();
              for (KindContract kind : kinds.all()) {
                gauge.call(number(backlog, kind.kind(), number), kind.kind());
              }
            })
        .register(registry);
  }

  private static double number(
      List<Backlog> backlog, String kind, ToDoubleFunction<Backlog> number) {
    return backlog.stream()
        .filter(one -> one.kind().equals(kind))
        .findFirst()
        .map(one -> number.applyAsDouble(one))
        .orElse(0.0);
  }

  /** If the store does not answer, the numbers stay unchanged. */
  private synchronized List<Backlog> backlog() {
    if (nanoTime.getAsLong() - staleAt >= 0) {
      try {
        read = reader.read();
      } catch (RuntimeException e) {
        LOG.warn("the backlog could not be read: {}", e.toString());
      }
      staleAt = nanoTime.getAsLong() + FRESH.toNanos();
    }
    return read;
  }
}
