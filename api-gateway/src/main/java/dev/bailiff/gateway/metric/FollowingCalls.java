package dev.bailiff.gateway.metric;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.IntSupplier;

/** Shows how many streams of events and long polls are open. */
public final class FollowingCalls {

  private FollowingCalls() {}

  /** Calls {@code count} whenever Prometheus asks. */
  public static void show(IntSupplier count, PrometheusRegistry registry) {
    GaugeWithCallback.builder()
        .name("bailiff_following_calls")
        .help("Streams of events and long polls of this gateway that are open")
        .callback(gauge -> gauge.call(count.getAsInt()))
        .register(registry);
  }
}
