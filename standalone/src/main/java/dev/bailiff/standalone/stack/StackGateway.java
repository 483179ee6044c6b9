package dev.bailiff.standalone.stack;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheck;
import dev.bailiff.embedded.LoopbackPorts;
import dev.bailiff.embedded.RootMessage;
import dev.bailiff.gateway.GatewayApplication;
import dev.bailiff.gateway.GatewayConfig;
import dev.bailiff.gateway.job.approval.ApprovalConfig;
import dev.bailiff.guard.GuardConfig;
import dev.bailiff.webhook.WebhooksConfig;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.util.Duration;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The gateway inside this process, on loopback, configured by code. Dropwizard's command line is
 * not used because it ends the process on errors. Dropwizard's logging is not used because one
 * logging serves all parts.
 */
final class StackGateway implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  /** Waiting calls are answered within this time. */
  private static final Duration GRACE = Duration.seconds(3);

  private final Server server;
  private final Environment environment;

  private StackGateway(Server server, Environment environment) {
    this.server = server;
    this.environment = environment;
  }

  /** What the folder and the options of its start say, as a configuration file says elsewhere. */
  record Rules(GuardConfig guard, ApprovalConfig approvals, WebhooksConfig webhooks) {}

  static StackGateway start(RuntimeInfo info, int port, Rules rules) {
    GatewayConfig config = config(info, port);
    config.setGuard(rules.guard());
    config.setApprovals(rules.approvals());
    config.setWebhooks(rules.webhooks());
    SilentGateway application = new SilentGateway();
    Bootstrap<GatewayConfig> bootstrap = new Bootstrap<>(application);
    bootstrap.registerMetrics();
    application.initialize(bootstrap);
    Environment environment =
        new Environment(
            application.getName(),
            bootstrap.getObjectMapper(),
            bootstrap.getValidatorFactory(),
            bootstrap.getMetricRegistry(),
            bootstrap.getClassLoader(),
            bootstrap.getHealthCheckRegistry(),
            config);
    try {
      config.getServerFactory().configure(environment);
      bootstrap.run(config, environment);
      application.run(config, environment);
      Server server = config.getServerFactory().build(environment);
      server.start();
      return new StackGateway(server, environment);
    } catch (Exception e) { // the signatures declare Exception
      if (port != 0 && !LoopbackPorts.isFree(port)) {
        throw new IllegalStateException(
            "port " + port + " is in use by another program: choose another one by --port", e);
      }
      throw new IllegalStateException("the gateway does not start: " + RootMessage.of(e), e);
    }
  }

  /** The metrics of the admin port; workers of the same process count in them, too. */
  MetricRegistry metrics() {
    return environment.metrics();
  }

  /** Adds a health check of a worker of the same process to the admin port. */
  void show(String name, HealthCheck check) {
    environment.healthChecks().register(name, check);
  }

  String url() {
    return url("application");
  }

  String adminUrl() {
    return url("admin");
  }

  /** Stops accepting calls, answers the waiting ones, ends within {@link #GRACE}. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // the signature declares Exception
      throw new IllegalStateException("the gateway does not stop: " + RootMessage.of(e), e);
    }
  }

  private String url(String connectorName) {
    for (var connector : server.getConnectors()) {
      if (connector instanceof ServerConnector http && connectorName.equals(http.getName())) {
        return "http://" + LOOPBACK + ":" + http.getLocalPort();
      }
    }
    throw new IllegalStateException("the gateway has no connector " + connectorName);
  }

  private static GatewayConfig config(RuntimeInfo info, int port) {
    GatewayConfig config = new GatewayConfig();
    config.setDatabase(StackDatabase.config(info));
    config.setKafka(StackBroker.config(info.kafka()));
    config.setHomeserver(info.homeserver());
    DefaultServerFactory http = new DefaultServerFactory();
    http.setApplicationConnectors(List.of(connector(port)));
    http.setAdminConnectors(List.of(connector(0)));
    http.setShutdownGracePeriod(GRACE);
    config.setServerFactory(http);
    return config;
  }

  private static HttpConnectorFactory connector(int port) {
    HttpConnectorFactory connector = new HttpConnectorFactory();
    connector.setBindHost(LOOPBACK);
    connector.setPort(port);
    return connector;
  }

  /** The gateway without logging of its own. */
  private static final class SilentGateway extends GatewayApplication {
    @Override
    protected void bootstrapLogging() {
      // logging was configured by the command
    }
  }
}
