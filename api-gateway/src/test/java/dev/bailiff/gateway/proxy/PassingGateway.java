package dev.bailiff.gateway.proxy;

import dev.bailiff.gateway.metric.PassedCalls;
import dev.bailiff.gateway.server.HttpServerSetup;
import dev.bailiff.gateway.server.SlowClients;
import dev.bailiff.gateway.server.ThreadsPerAddress;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.testing.DropwizardTestSupport;
import io.dropwizard.util.Duration;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The HTTP server of a gateway in front of a homeserver, with all that stands around the calls, and
 * with two calls that it serves itself.
 */
final class PassingGateway implements AutoCloseable {
  static final String SERVED = "/_synapse/admin/v1/served/";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final HttpConnectorFactory connector =
      (HttpConnectorFactory) HttpConnectorFactory.application();
  private final DropwizardTestSupport<Configuration> support;
  private final Upstream upstream;
  private java.time.Duration headTime = java.time.Duration.ofSeconds(20);
  private java.time.Duration replyTime = java.time.Duration.ofMinutes(10);

  private PassingGateway(Upstream upstream) {
    this.upstream = upstream;
    connector.setPort(0);
    connector.setBindHost("127.0.0.1");
    var admin = (HttpConnectorFactory) HttpConnectorFactory.admin();
    admin.setPort(0);
    admin.setBindHost("127.0.0.1");
    var server = new DefaultServerFactory();
    server.setApplicationConnectors(List.of(connector));
    server.setAdminConnectors(List.of(admin));
    var config = new Configuration();
    config.setServerFactory(server);
    support =
        new DropwizardTestSupport<>(Server.class, config) {
          @Override
          public Application<Configuration> newApplication() {
            return new Server();
          }
        };
  }

  /** Not started yet. */
  static PassingGateway to(URI url) {
    return new PassingGateway(new Upstream(url, PassThroughConfig.DEFAULT));
  }

  /** Not started yet, with this limit of silence. */
  static PassingGateway to(URI url, Duration idle) {
    var usual = PassThroughConfig.DEFAULT;
    return to(
        url,
        new PassThroughConfig(
            usual.paths(), usual.connections(), usual.queue(), usual.callsPerClient(), idle));
  }

  /** Not started yet. */
  static PassingGateway to(URI url, PassThroughConfig config) {
    return new PassingGateway(new Upstream(url, config));
  }

  PassingGateway behindProxy() {
    connector.setUseForwardedHeaders(true);
    return this;
  }

  PassingGateway withIdleTimeout(Duration time) {
    connector.setIdleTimeout(time);
    return this;
  }

  PassingGateway withSlowClients(java.time.Duration head, java.time.Duration reply) {
    headTime = head;
    replyTime = reply;
    return this;
  }

  PassingGateway start() {
    try {
      support.before();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  int port() {
    return support.getLocalPort();
  }

  int adminPort() {
    return support.getAdminPort();
  }

  PrometheusRegistry registry() {
    return registry;
  }

  RawClient client() throws IOException {
    return new RawClient(port());
  }

  @Override
  public void close() {
    support.after();
  }

  private final class Server extends Application<Configuration> {
    @Override
    public void run(Configuration config, Environment environment) {
      HttpServerSetup.apply(
          config.getServerFactory(),
          environment,
          new SlowClients(headTime, replyTime, what -> {}),
          new ThreadsPerAddress(256),
          Optional.of(new PassThrough(upstream, OwnTokens.NONE, new PassedCalls(registry))),
          List.of(new Served(), new Own()));
    }
  }

  /** A call below the passed paths that the gateway serves. */
  @Path(SERVED + "{id}")
  public static final class Served {
    @POST
    public String serve() {
      return "served here";
    }
  }

  /** A call elsewhere. */
  @Path("/_bailiff/v1/own")
  public static final class Own {
    @GET
    public String serve() {
      return "own";
    }
  }
}
