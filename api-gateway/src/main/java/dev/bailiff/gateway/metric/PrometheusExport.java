package dev.bailiff.gateway.metric;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.core.setup.Environment;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * Serves all metrics at {@code /metrics} of the admin port, in place of Dropwizard's own format.
 */
public final class PrometheusExport {

  private PrometheusExport() {}

  /** A registry of this application alone, that shows Dropwizard's metrics too. */
  public static PrometheusRegistry install(Environment environment) {
    var registry = new PrometheusRegistry();
    MetricRegistry ofDropwizard = environment.metrics();
    registry.register(new DropwizardExports(ofDropwizard));
    environment
        .admin()
        .addServlet("prometheus", new PrometheusMetricsServlet(registry))
        .addMapping("/metrics");
    return registry;
  }
}
