package dev.bailiff.standalone.fault;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.codahale.metrics.MetricRegistry;
import dev.bailiff.gateway.GatewayApplication;
import dev.bailiff.gateway.GatewayConfig;
import dev.bailiff.worker.Worker;
import dev.bailiff.worker.WorkerApplication;
import dev.bailiff.worker.WorkerConfig;
import dev.bailiff.worker.run.RunListener;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.testing.DropwizardTestSupport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** A gateway and workers inside this JVM, for tests that break only the servers. */
public final class InProcessStack implements AutoCloseable {
  private final DropwizardTestSupport<GatewayConfig> gateway;
  private final List<Worker> workers = new ArrayList<>();

  /**
   * Starts the gateway and the workers.
   *
   * @param folder for configuration files and media
   */
  public InProcessStack(Path folder, ServerAddresses servers, int workerCount) throws Exception {
    var file = Files.writeString(folder.resolve("gateway.yml"), servers.gateway(0));
    gateway = new DropwizardTestSupport<>(GatewayApplication.class, file.toString());
    gateway.before();
    for (int n = 0; n < workerCount; n++) {
      startWorker(folder, servers, "worker-" + n);
    }
  }

  /** Starts one more worker. */
  public void startWorker(Path folder, ServerAddresses servers, String name) throws Exception {
    workers.add(worker(folder, servers, name));
  }

  public int gatewayPort() {
    return gateway.getLocalPort();
  }

  private static Worker worker(Path folder, ServerAddresses servers, String name) throws Exception {
    var file =
        Files.writeString(
            folder.resolve(name + ".yml"), servers.worker(name, folder.resolve("media")));
    var settings =
        new YamlConfigurationFactory<>(
                WorkerConfig.class, Validators.newValidator(), Jackson.newObjectMapper(), "dw")
            .build(new FileConfigurationSourceProvider(), file.toString())
            .settings();
    return Worker.start(
        settings,
        jdbi -> WorkerApplication.ownStore(jdbi, settings),
        new MetricRegistry(),
        RunListener.NONE);
  }

  @Override
  public void close() {
    workers.forEach(Worker::close);
    gateway.after();
    // Dropwizard leaves the console at INFO, and brokers log much when they stop.
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
  }
}
