package dev.bailiff.standalone.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.embedded.EmbeddedPostgresServer;
import dev.bailiff.embedded.LoopbackPorts;
import dev.bailiff.testing.process.ChildProcess;
import dev.bailiff.testing.server.PostgresExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL, a head (Kafka and a gateway) and workers: processes that can be killed, at fixed
 * addresses.
 */
final class ChaosStack implements AutoCloseable {
  private static final String DATABASE = "postgres";

  private final Path kafkaFolder;
  private final int kafkaPort = LoopbackPorts.choose();
  private final int controllerPort = LoopbackPorts.choose();
  private final int gatewayPort = LoopbackPorts.choose();
  private final EmbeddedPostgresServer postgres = PostgresExtension.privateServer();
  private final StackProcesses processes;
  private final Path postmasterFile;
  private final List<ChildProcess> workers = new ArrayList<>();
  private ChildProcess head;

  /** Starts PostgreSQL; the rest comes with {@link #start}. */
  ChaosStack(Path folder, ServerAddresses.Leases leases) throws SQLException {
    this.kafkaFolder = folder.resolve("kafka");
    postgres.start();
    this.postmasterFile = dataFolder().resolve("postmaster.pid");
    this.processes =
        new StackProcesses(
            folder,
            new ServerAddresses(
                jdbcUrl(),
                postgres.user(),
                postgres.password(),
                "127.0.0.1:" + kafkaPort,
                "chaos",
                leases));
  }

  /** Starts Kafka, the gateway and the workers all at once, without waiting for any of them. */
  void start(int workerCount) {
    startHead();
    for (int n = 0; n < workerCount; n++) {
      workers.add(processes.worker("worker-" + n));
    }
  }

  int gatewayPort() {
    return gatewayPort;
  }

  String jdbcUrl() {
    return postgres.jdbcUrl(DATABASE);
  }

  String user() {
    return postgres.user();
  }

  String password() {
    return postgres.password();
  }

  /** Ends every process by {@code kill -9} and starts all of them again. */
  void killEverything() {
    head.kill();
    killPostmaster();
    workers.forEach(ChildProcess::kill);
    postgres.stop(); // frees the lock of the folder; nothing runs
    postgres.start();
    startHead();
    for (int n = 0; n < workers.size(); n++) {
      workers.set(n, processes.worker("worker-" + n));
    }
  }

  /** Ends one worker by {@code kill -9} and starts another in its place. */
  void killWorker(int n) {
    workers.get(n).kill();
    workers.set(n, processes.worker("worker-" + n));
  }

  /** A worker, for tests that stop and resume it. */
  ChildProcess worker(int n) {
    return workers.get(n);
  }

  /** Ends Kafka and the gateway by {@code kill -9} and starts both again. */
  void killHead() {
    head.kill();
    startHead();
  }

  /** Does the same, and Kafka comes back empty. */
  void wipeKafka() {
    head.kill();
    HeadMain.kafka(kafkaFolder, kafkaPort, controllerPort).wipe();
    startHead();
  }

  /** Fails if one of the running processes has ended by itself. */
  void assertAllAlive() {
    assertThat(head.isAlive()).as("Kafka and the gateway").isTrue();
    assertThat(workers).as("workers").allMatch(ChildProcess::isAlive);
  }

  private void startHead() {
    head = processes.gateway(HeadMain.class, gatewayPort, kafkaFolder, kafkaPort, controllerPort);
  }

  private Path dataFolder() throws SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl(), user(), password());
        var statement = connection.createStatement();
        var row = statement.executeQuery("select current_setting('data_directory')")) {
      row.next();
      return Path.of(row.getString(1));
    }
  }

  private void killPostmaster() {
    try {
      long pid = Long.parseLong(Files.readAllLines(postmasterFile).get(0).strip());
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    processes.close();
    postgres.close();
  }
}
