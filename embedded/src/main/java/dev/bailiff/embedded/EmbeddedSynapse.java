package dev.bailiff.embedded;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Synapse on 127.0.0.1, with its data in a folder and in a PostgreSQL of somebody else. It
 * is installed at its first start, with pinned packages, into a Python environment.
 *
 * <p>The server is a child process. It ends with this process, however this process ends. It serves
 * clients and admins; it talks to no other homeserver.
 *
 * <p><b>Time:</b> a minute for the installation, some seconds for a start. <b>Errors:</b> {@link
 * EmbeddedServerException} with a message of one line. <b>Concurrency:</b> safe; one call at a
 * time.
 */
public final class EmbeddedSynapse implements AutoCloseable {
  /** The version of Synapse that is installed. */
  public static final String VERSION = "1.163.2";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSynapse.class);
  private static final String PACKAGES = "synapse-requirements.txt";
  private static final Duration START_LIMIT = Duration.ofSeconds(120);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final long LOOK_MILLIS = 50;

  private final SynapseSettings settings;
  private final Path folder;
  private final SynapseConfigFile config;
  private final PythonEnvironment environment;
  private int port;
  private @Nullable DataFolderLock lock;
  private @Nullable Process process;
  private @Nullable ServerGuard guard;

  public EmbeddedSynapse(SynapseSettings settings) {
    this.settings = settings;
    this.folder = Folders.create(settings.folder());
    this.config = new SynapseConfigFile(settings, folder);
    this.environment =
        new PythonEnvironment(settings.environment(), settings.interpreter(), PACKAGES);
  }

  /**
   * Starts the server and returns when it serves. Installs Synapse and makes the database first if
   * they are missing. A server that was started before gets its old port.
   *
   * @throws EmbeddedServerException if Python is missing, the folder is in use, or Synapse does not
   *     start
   */
  public synchronized EmbeddedSynapse start() {
    if (process != null) {
      throw new EmbeddedServerException("Synapse in " + folder + " is already started");
    }
    var python = environment.python();
    var acquired = lock == null ? DataFolderLock.acquire(folder) : lock;
    lock = acquired;
    int before = port;
    try {
      settings.database().create();
      launch(python, before == 0 ? LoopbackPorts.choose() : before);
    } catch (RuntimeException e) {
      stop();
      port = before;
      throw e;
    }
    return this;
  }

  private void launch(Path python, int onPort) {
    var output = folder.resolve("start.log");
    Process started;
    try {
      var command =
          new ProcessBuilder(
                  python.toString(),
                  "-m",
                  "synapse.app.homeserver",
                  "--config-path",
                  config.write(onPort).toString())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile());
      // Synapse would take a Git repository around the environment for its own sources, and report
      // the branch as a part of its version.
      command.environment().put("GIT_CEILING_DIRECTORIES", environment.folder().toString());
      started = command.start();
    } catch (IOException e) {
      throw new EmbeddedServerException("cannot run " + python + ": " + FileFailure.inWords(e), e);
    }
    process = started;
    var watching = ServerGuard.start("Synapse", "TERM");
    guard = watching;
    watching.watch(started.pid());
    port = onPort;
    awaitService(started, output);
    LOG.info("Synapse serves {} on {}", folder, url());
  }

  private void awaitService(Process started, Path output) {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!serves()) {
      if (hasEnded(started)) {
        throw new EmbeddedServerException(
            "Synapse in " + folder + " does not start: " + lastLine(output));
      }
      if (System.nanoTime() > end) {
        throw new EmbeddedServerException(
            "Synapse in " + folder + " does not serve within " + START_LIMIT.toSeconds() + " s");
      }
    }
  }

  /** Waits a moment for the end of the process. */
  private static boolean hasEnded(Process started) {
    try {
      return started.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("interrupted while Synapse started", e);
    }
  }

  private boolean serves() {
    try {
      var connection = (HttpURLConnection) url().resolve("/health").toURL().openConnection();
      connection.setConnectTimeout((int) STOP_LIMIT.toMillis());
      connection.setReadTimeout((int) STOP_LIMIT.toMillis());
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }

  private static String lastLine(Path output) {
    try {
      return NativeCommand.lastLine(Files.readString(output));
    } catch (IOException e) {
      return "see " + output;
    }
  }

  /** Ends the server as {@code kill -9} does. {@link #start()} brings it back on its port. */
  public synchronized void kill() {
    var running = process;
    if (running != null) {
      running.destroyForcibly();
      awaitEnd(running);
      forget();
    }
  }

  /** Kills the server and starts it again on the same port. */
  public synchronized void restart() {
    kill();
    start();
  }

  /** Ends the server within about 10 seconds; does nothing if it is not started. */
  public synchronized void stop() {
    var running = process;
    if (running != null) {
      running.destroy();
      awaitEnd(running);
      forget();
    }
    if (lock != null) {
      lock.close();
      lock = null;
    }
  }

  private void forget() {
    process = null;
    if (guard != null) {
      guard.close();
      guard = null;
    }
  }

  private static void awaitEnd(Process running) {
    try {
      if (!running.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        running.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running.destroyForcibly();
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** The address, kept over restarts. */
  public synchronized URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public String serverName() {
    return settings.serverName();
  }

  /** The file that Synapse logs warnings and errors to. */
  public Path log() {
    return config.log();
  }

  /**
   * Registers an account by the shared secret.
   *
   * @param name the localpart; plain letters, digits and {@code ._=/-}
   * @param password as plain as the name
   * @return a token of the account
   */
  public String register(String name, String password, boolean admin) {
    return new SynapseRegistration(url(), config.registrationSecret())
        .register(name, password, admin);
  }

  /** Names the server and its folder, for messages. */
  @Override
  public String toString() {
    return "Synapse in " + folder;
  }
}
