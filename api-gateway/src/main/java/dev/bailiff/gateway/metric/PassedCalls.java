package dev.bailiff.gateway.metric;

import dev.bailiff.gateway.proxy.PassedCallMeter;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.TimeUnit;

/** Counts the calls that were passed to the homeserver, and adds up their time. */
public final class PassedCalls implements PassedCallMeter {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Summary calls;

  public PassedCalls(PrometheusRegistry registry) {
    this.calls =
        Summary.builder()
            .name("bailiff_passed_call_seconds")
            .help("Time of calls that were passed to the homeserver, with their number")
            .labelNames("status")
            .register(registry);
  }

  @Override
  public void ended(int status, boolean whole, long nanos) {
    calls.labelValues(whole ? status / 100 + "xx" : "cut").observe(nanos / NANOS);
  }
}
