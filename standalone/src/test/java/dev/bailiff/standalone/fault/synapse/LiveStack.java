package dev.bailiff.standalone.fault.synapse;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.database.Database;
import dev.bailiff.embedded.LoopbackPorts;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.secret.Sha256;
import dev.bailiff.standalone.fault.GatewayMain;
import dev.bailiff.standalone.fault.JobApi;
import dev.bailiff.standalone.fault.ServerAddresses;
import dev.bailiff.standalone.fault.WorkerMain;
import dev.bailiff.testing.process.ChildProcess;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A gateway before a real Synapse, and workers as they are asked for. Each is a process of its own.
 */
final class LiveStack implements AutoCloseable {
  private final Path folder;
  private final ServerAddresses servers;
  private final SynapseAddress synapse;
  private final ChildProcess gateway;
  private final JobApi api;
  private final JobStore store;
  private final List<ChildProcess> workers = new ArrayList<>();
  private int names;

  /**
   * Starts the gateway and waits until it serves.
   *
   * @param folder for configuration files
   * @param postgres an empty database
   */
  LiveStack(
      Path folder,
      PostgresExtension postgres,
      KafkaExtension kafka,
      ServerAddresses.Leases leases,
      SynapseAddress synapse) {
    this.folder = folder;
    this.synapse = synapse;
    this.servers =
        new ServerAddresses(
            postgres.jdbcUrl(),
            postgres.user(),
            postgres.password(),
            kafka.bootstrapServers(),
            kafka.prefix(),
            leases);
    int port = LoopbackPorts.choose();
    this.gateway =
        ChildProcess.java(GatewayMain.class)
            .args("server", file("gateway", servers.gateway(port) + synapse.block()))
            .start();
    this.api = new JobApi(port);
    api.awaitReady();
    var jdbi = Database.jdbi(postgres.dataSource());
    new OperatorTokens(jdbi).add("test", Sha256.of(JobApi.TOKEN));
    this.store = JobStore.on(jdbi, LeaseConfig.DEFAULT);
  }

  JobApi api() {
    return api;
  }

  JobStore store() {
    return store;
  }

  /** How the gateway reaches Synapse. */
  SynapseAddress synapse() {
    return synapse;
  }

  /** Starts a worker; does not wait until it works. */
  ChildProcess worker(SynapseAddress address) {
    return started(ChildProcess.java(WorkerMain.class).args("server", workerFile(address)));
  }

  /** Starts a worker that dies at the first of these moments at which nobody died before. */
  ChildProcess mortalWorker(SynapseAddress address, Path markers, List<String> moments) {
    return started(
        ChildProcess.java(MortalWorker.class)
            .args(workerFile(address), markers)
            .args(moments.toArray()));
  }

  private Path workerFile(SynapseAddress address) {
    var name = "worker-" + names++;
    return file(name, servers.worker(name) + address.block());
  }

  private ChildProcess started(ChildProcess.Builder builder) {
    var process = builder.start();
    workers.add(process);
    return process;
  }

  /** Kills all workers. */
  void killWorkers() {
    workers.forEach(ChildProcess::close);
    workers.clear();
  }

  private Path file(String name, String yaml) {
    try {
      return Files.writeString(folder.resolve(name + ".yml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    killWorkers();
    gateway.close();
  }
}
