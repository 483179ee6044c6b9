package dev.bailiff.gateway.metric;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.IntSupplier;

/** Shows how many calls wait for their job. */
public final class WaitingCalls {

  private WaitingCalls() {}

  /** Calls {@code count} whenever Prometheus asks. */
  public static void show(IntSupplier count, PrometheusRegistry registry) {
    GaugeWithCallback.builder()
        .name("bailiff_waiting_calls")
        .help("Calls of this gateway that wait for their job")
        .callback(gauge -> gauge.call(count.getAsInt()))
        .register(registry);
  }
}
