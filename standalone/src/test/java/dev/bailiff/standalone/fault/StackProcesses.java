package dev.bailiff.standalone.fault;

import dev.bailiff.testing.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gateways and workers as processes of their own on servers of the test. */
final class StackProcesses implements AutoCloseable {
  private final Path folder;
  private final ServerAddresses servers;
  private final List<ChildProcess> started = new ArrayList<>();

  /**
   * Prepares the processes; none is started yet.
   *
   * @param folder for configuration files and, below {@code media}, media files
   */
  StackProcesses(Path folder, ServerAddresses servers) {
    this.folder = folder;
    this.servers = servers;
  }

  /**
   * Starts a gateway at a port; does not wait until it serves.
   *
   * @param arguments placed before the gateway's file
   */
  ChildProcess gateway(Class<?> main, int port, Object... arguments) {
    return started(
        ChildProcess.java(main)
            .args(arguments)
            .args(config("gateway-" + port, servers.gateway(port))));
  }

  /** Starts a worker; does not wait until it works. */
  ChildProcess worker(String name) {
    return started(
        ChildProcess.java(WorkerMain.class)
            .args("server", config(name, servers.worker(name, folder.resolve("media")))));
  }

  private Path config(String name, String yaml) {
    try {
      return Files.writeString(folder.resolve(name + ".yml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ChildProcess started(ChildProcess.Builder builder) {
    ChildProcess process = builder.start();
    started.add(process);
    return process;
  }

  @Override
  public void close() {
    started.forEach(ChildProcess::close);
    started.clear();
  }
}
