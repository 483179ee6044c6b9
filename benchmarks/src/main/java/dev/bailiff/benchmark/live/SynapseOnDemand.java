package dev.bailiff.benchmark.live;

import dev.bailiff.benchmark.data.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The one Synapse of a run, which starts when the first row asks for it. */
public final class SynapseOnDemand implements AutoCloseable {
  private final Servers servers;
  private final Path environment;
  private @Nullable LiveSynapse started;

  /**
   * @param environment folder of the Python environment, which is made if it is missing
   */
  public SynapseOnDemand(Servers servers, Path environment) {
    this.servers = servers;
    this.environment = environment;
  }

  /**
   * The server, which runs.
   *
   * @throws dev.bailiff.embedded.EmbeddedServerException if, for example, Python is missing
   */
  public synchronized LiveSynapse get() throws IOException, InterruptedException, SQLException {
    var running = started;
    if (running == null) {
      running = LiveSynapse.start(servers, environment);
      started = running;
    }
    return running;
  }

  /** Ends the server; may be called again. */
  @Override
  public synchronized void close() {
    if (started != null) {
      started.close();
      started = null;
    }
  }
}
