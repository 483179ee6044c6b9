package dev.bailiff.gateway.metric;

import dev.bailiff.gateway.server.SlowClients;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.function.Consumer;

/** Counts the connections that were closed because their client was too slow. */
public final class SlowClientsEnded implements Consumer<SlowClients.What> {
  private final Counter ended;

  public SlowClientsEnded(PrometheusRegistry registry) {
    this.ended =
        Counter.builder()
            .name("bailiff_slow_clients_total")
            .help("Connections closed because a head or the reading of a reply took too long")
            .labelNames("what")
            .register(registry);
  }

  @Override
  public void accept(SlowClients.What what) {
    ended.labelValues(what.name().toLowerCase(Locale.ROOT)).inc();
  }
}
