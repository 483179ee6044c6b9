package dev.bailiff.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.bailiff.database.Database;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import io.dropwizard.testing.ResourceHelpers;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** A gateway that really runs, on its own database and the shared broker, once per test class. */
public final class RunningGateway implements BeforeAllCallback, AfterAllCallback {
  public static final String SERVER = "chat.example";

  private final PostgresExtension postgres;
  private final KafkaExtension kafka = KafkaExtension.shared();
  private final List<ConfigOverride> overrides;
  private final Consumer<Jdbi> content;
  private DropwizardTestSupport<GatewayConfig> support;

  private RunningGateway(
      PostgresExtension postgres, List<ConfigOverride> overrides, Consumer<Jdbi> content) {
    this.postgres = postgres;
    this.overrides = overrides;
    this.content = content;
  }

  /** On the few users and rooms of {@link Seed}. */
  public static RunningGateway with(ConfigOverride... overrides) {
    return new RunningGateway(PostgresExtension.migrated(), List.of(overrides), Seed::into);
  }

  /** On a database that {@code content} fills. */
  public static RunningGateway on(Consumer<Jdbi> content) {
    return new RunningGateway(PostgresExtension.migrated(), List.of(), content);
  }

  /** On the records of the example community, without its media files. */
  public static RunningGateway onCommunity(ConfigOverride... overrides) {
    return new RunningGateway(Community.database(), List.of(overrides), jdbi -> {});
  }

  /** In front of a live Synapse, on a database of its own. */
  public static RunningGateway onSynapse(URI url, Path adminToken, ConfigOverride... overrides) {
    var all = new ArrayList<>(List.of(overrides));
    // the value for the own store is no default, and Synapse has its own
    all.add(ConfigOverride.config("identity.attempts", "3"));
    all.add(ConfigOverride.config("homeserver.type", "synapse"));
    all.add(ConfigOverride.config("homeserver.url", url.toString()));
    all.add(ConfigOverride.config("homeserver.adminTokenFile", adminToken.toString()));
    return new RunningGateway(PostgresExtension.empty(), all, jdbi -> {});
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    start(context.getRequiredTestClass());
  }

  /** Starts for a class that JUnit Jupiter does not run; the caller closes it. */
  public void start(Class<?> user) throws Exception {
    postgres.open(user);
    kafka.open(user);
    var all = new ArrayList<>(overrides);
    all.add(ConfigOverride.config("database.url", postgres.jdbcUrl()));
    all.add(ConfigOverride.config("database.user", postgres.user()));
    all.add(ConfigOverride.config("database.password", postgres.password()));
    all.add(ConfigOverride.config("kafka.bootstrapServers", kafka.bootstrapServers()));
    all.add(ConfigOverride.config("kafka.topicPrefix", kafka.prefix() + "bailiff"));
    support =
        new DropwizardTestSupport<>(
            GatewayApplication.class,
            ResourceHelpers.resourceFilePath("gateway-test.yml"),
            all.toArray(ConfigOverride[]::new));
    support.before();
    // Overrides are system properties: another gateway of this JVM must not find them.
    System.getProperties().keySet().removeIf(key -> key.toString().startsWith("dw."));
    content.accept(jdbi());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /** Stops it and drops its data. */
  public void close() {
    stop();
    kafka.close();
    postgres.close();
  }

  /** Stops the gateway as SIGTERM would; may be called more than once. */
  public void stop() {
    support.after();
    // Dropwizard leaves the console at INFO, and the broker logs much when it stops.
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
  }

  public int port() {
    return support.getLocalPort();
  }

  public int adminPort() {
    return support.getAdminPort();
  }

  public Jdbi jdbi() {
    return Database.jdbi(postgres.dataSource());
  }

  public JobStore store() {
    return JobStore.on(jdbi(), LeaseConfig.DEFAULT);
  }

  public GatewayConfig config() {
    return support.getConfiguration();
  }

  /** The environment that Dropwizard started. */
  public Environment environment() {
    return support.getEnvironment();
  }

  /** A client with the token of a server admin. */
  public Client admin() {
    return new Client(port(), Seed.ADMIN_TOKEN);
  }

  /** A client without a token. */
  public Client nobody() {
    return new Client(port(), null);
  }
}
