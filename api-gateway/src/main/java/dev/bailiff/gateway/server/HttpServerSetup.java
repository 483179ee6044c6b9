package dev.bailiff.gateway.server;

import dev.bailiff.gateway.error.ErrorMapper;
import dev.bailiff.gateway.error.JettyErrorHandler;
import dev.bailiff.gateway.proxy.OwnIds;
import dev.bailiff.gateway.proxy.PassThrough;
import dev.bailiff.gateway.request.GzipBodies;
import dev.bailiff.gateway.route.RouteTable;
import dev.bailiff.gateway.route.RoutingFilter;
import dev.bailiff.schemas.api.ReplyJson;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.glassfish.jersey.server.ServerProperties;

/**
 * Makes Jetty and Jersey follow the API where their defaults do not. This is code and not YAML:
 * without any one of these settings the API is another one.
 */
public final class HttpServerSetup {
  /**
   * By the time Jetty waits for requests, all waiting calls have their replies. The other steps of
   * a stop need time too.
   */
  private static final Duration LONGEST_GRACE = Duration.seconds(4);

  private HttpServerSetup() {}

  public static void apply(
      ServerFactory factory,
      Environment environment,
      SlowClients slowClients,
      ThreadsPerAddress threads,
      Optional<PassThrough> passThrough,
      List<Object> resources) {
    if (factory instanceof AbstractServerFactory server) {
      server.setRegisterDefaultExceptionMappers(false);
      server.setRequestLogFactory(new AccessLog());
      if (server.getShutdownGracePeriod().toMilliseconds() > LONGEST_GRACE.toMilliseconds()) {
        server.setShutdownGracePeriod(LONGEST_GRACE);
      }
    }
    if (factory instanceof DefaultServerFactory server) {
      server.getApplicationConnectors().forEach(HttpServerSetup::takeRequestsAsSent);
    }
    var context = environment.getApplicationContext();
    // Ids may hold %2F, %25 and empty segments; RoutingFilter reads the path as it was sent.
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.setErrorHandler(new JettyErrorHandler());
    environment
        .lifecycle()
        .addServerLifecycleListener(started -> started.setErrorHandler(new JettyErrorHandler()));
    environment.lifecycle().manage(slowClients);
    var routes = RouteTable.of(resources.stream().map(Object::getClass).toList());
    environment
        .lifecycle()
        .addEventListener(
            atStart(
                server -> {
                  watch(server, slowClients, threads);
                  passBeforeGzip(server, passThrough, routes);
                }));
    environment
        .servlets()
        .addFilter("routing", new RoutingFilter(routes))
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    environment
        .jersey()
        .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    ReplyJson.configure(environment.getObjectMapper());
    environment.jersey().register(new ErrorMapper());
    resources.forEach(environment.jersey()::register);
  }

  /** The server exists only when it starts, and takes no further handler once it has started. */
  private static LifeCycle.Listener atStart(Consumer<Server> setUp) {
    return new LifeCycle.Listener() {
      @Override
      public void lifeCycleStarting(LifeCycle starting) {
        if (starting instanceof Server server) {
          setUp.accept(server);
        }
      }
    };
  }

  private static void watch(Server server, SlowClients slowClients, ThreadsPerAddress threads) {
    threads.limit(server);
    // The outer handler: a request that waits for a thread counts as a request, not as a slow head.
    slowClients.watch(server);
    new WholeTargets().watch(server);
  }

  /**
   * Behind the handler that counts calls at work, so that a stop waits for passed calls too. Before
   * all that changes a request or an answer.
   */
  private static void passBeforeGzip(
      Server server, Optional<PassThrough> passThrough, RouteTable routes) {
    var counting = Objects.requireNonNull(server.getDescendant(GracefulHandler.class));
    new GzipBodies().keepFromJetty(counting);
    passThrough.ifPresent(one -> one.standIn(counting, new OwnIds(routes::serves)));
  }

  private static void takeRequestsAsSent(ConnectorFactory connector) {
    if (connector instanceof HttpConnectorFactory http) {
      http.setUriCompliance(UriCompliance.UNSAFE);
      // Jetty's header cache matches case-insensitively by prefix and can splice two tokens into a
      // third.
      http.setHeaderCacheSize(DataSize.bytes(0));
    }
  }
}
