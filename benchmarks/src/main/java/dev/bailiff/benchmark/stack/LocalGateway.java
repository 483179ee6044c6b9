package dev.bailiff.benchmark.stack;

import dev.bailiff.access.NewToken;
import dev.bailiff.access.OperatorTokens;
import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.gateway.GatewayApplication;
import dev.bailiff.gateway.GatewayConfig;
import dev.bailiff.gateway.job.approval.ApprovalConfig;
import dev.bailiff.homeserver.HomeserverFactory;
import dev.bailiff.homeserver.store.StoreHomeserverFactory;
import dev.bailiff.job.KindContracts;
import dev.bailiff.kafka.KafkaConfig;
import dev.bailiff.kafka.KafkaSetup;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The gateway in this process, with Dropwizard's threads, at a free port of the loopback. */
public final class LocalGateway implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final Server server;
  private final ConstantResource constant;
  private final String token;

  private LocalGateway(Server server, ConstantResource constant, String token) {
    this.server = server;
    this.constant = constant;
    this.token = token;
  }

  /** Starts the gateway on Bailiff's own store. */
  public static LocalGateway start(DatabaseConfig database, KafkaConfig kafka) throws Exception {
    return start(database, kafka, new StoreHomeserverFactory());
  }

  /**
   * Starts the gateway of a homeserver. Makes the topics first, as {@code bailiff up} does, and the
   * tables that are missing.
   */
  public static LocalGateway start(
      DatabaseConfig database, KafkaConfig kafka, HomeserverFactory homeserver) throws Exception {
    try (KafkaSetup setup = new KafkaSetup(kafka, KindContracts.load().names())) {
      setup.ensure();
    }
    var config = new GatewayConfig();
    config.setDatabase(database);
    config.setKafka(kafka);
    config.setHomeserver(homeserver);
    config.setApprovals(ApprovalConfig.OFF);
    var http = new DefaultServerFactory();
    http.setApplicationConnectors(List.of(connector()));
    http.setAdminConnectors(List.of(connector()));
    config.setServerFactory(http);
    var application = new Application();
    var bootstrap = new Bootstrap<GatewayConfig>(application);
    bootstrap.registerMetrics();
    application.initialize(bootstrap);
    var environment =
        new Environment(
            application.getName(),
            bootstrap.getObjectMapper(),
            bootstrap.getValidatorFactory(),
            bootstrap.getMetricRegistry(),
            bootstrap.getClassLoader(),
            bootstrap.getHealthCheckRegistry(),
            config);
    config.getServerFactory().configure(environment);
    bootstrap.run(config, environment);
    application.run(config, environment);
    var server = config.getServerFactory().build(environment);
    server.start();
    return new LocalGateway(server, application.constant, token(database));
  }

  private static HttpConnectorFactory connector() {
    var connector = new HttpConnectorFactory();
    connector.setBindHost(LOOPBACK);
    connector.setPort(0);
    return connector;
  }

  private static String token(DatabaseConfig config) {
    try (Database database = Database.open(config, "token")) {
      return new OperatorTokens(database.jdbi()).issue(NewToken.unbounded("bench"));
    }
  }

  /** A connection that sends an operator's token with every call. */
  public HttpConnection connect() throws IOException {
    return connect(token);
  }

  /** A connection that sends this token with every call. */
  public HttpConnection connect(String otherToken) throws IOException {
    return new HttpConnection(url(), otherToken);
  }

  /** The token of an operator. */
  public String token() {
    return token;
  }

  /** The address of the API. */
  public URI url() {
    for (var connector : server.getConnectors()) {
      if (connector instanceof ServerConnector http && "application".equals(http.getName())) {
        return URI.create("http://" + LOOPBACK + ":" + http.getLocalPort());
      }
    }
    throw new IllegalStateException("the gateway has no connector");
  }

  /** The resource with the constant answer. */
  public ConstantResource constant() {
    return constant;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // the signature declares Exception
      throw new IllegalStateException("the gateway does not stop", e);
    }
  }

  private static final class Application extends GatewayApplication {
    private final ConstantResource constant = new ConstantResource();

    @Override
    protected List<Object> furtherResources() {
      return List.of(constant);
    }

    @Override
    protected void bootstrapLogging() {
      // logging was configured by the command
    }
  }
}
