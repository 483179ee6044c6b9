package dev.bailiff.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka of one node (broker and controller) on 127.0.0.1, inside this JVM, with its data in
 * a folder. Several servers form a cluster if each has its own {@link KafkaNode}; a node then
 * starts only while more than half of the nodes are starting.
 *
 * <p>The server may be stopped and started any number of times at the same ports. After {@link
 * #wipe()} the server comes back empty and with another cluster id, as a Kafka that lost everything
 * does. Everybody on this machine may connect, unless the settings name an account.
 *
 * <p>Kafka logs some 450 events a start at INFO: set the loggers {@code org.apache.kafka}, {@code
 * kafka} and {@code state.change.logger} to WARN.
 *
 * <p><b>Time:</b> about 2 s to start, 0.4 s to stop; up to 6 s to start after a killed process,
 * until the broker's old session expires. <b>Errors:</b> {@link EmbeddedServerException} with a
 * message of one line. <b>Concurrency:</b> safe; one call at a time.
 */
public final class EmbeddedKafkaServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafkaServer.class);
  private static final int PORT_TRIES = 5;

  private final KafkaSettings settings;
  private final Path folder;
  private final Path logs;
  private int port;
  private int controllerPort;
  private @Nullable DataFolderLock lock;
  private @Nullable KafkaRaftServer server;
  private Runnable lost = () -> {};

  public EmbeddedKafkaServer(KafkaSettings settings) {
    this.settings = settings;
    this.folder = Folders.create(settings.folder());
    this.logs = folder.resolve("logs");
    this.port = settings.port();
    this.controllerPort = settings.controllerPort();
  }

  /**
   * Starts the broker, formatting its folder first if that is new, and returns when it takes
   * requests.
   *
   * @throws EmbeddedServerException if the folder is in use or a given port is taken
   */
  public synchronized EmbeddedKafkaServer start() {
    if (lock != null) {
      throw new EmbeddedServerException("Kafka in " + folder + " is already started");
    }
    DataFolderLock acquired = DataFolderLock.acquire(folder);
    BrokerExits.listen(lost);
    try {
      format();
      server = launchOnPorts();
    } catch (RuntimeException e) {
      BrokerExits.forget(lost);
      acquired.close();
      throw e;
    }
    lock = acquired;
    return this;
  }

  /**
   * Sets the listener for a broker that cannot go on, for instance because the disk is full. Call
   * this method before {@link #start()}. A Kafka thread calls the listener, so the listener must
   * not wait for that thread. The rest of the broker is useless by then: this process does not
   * start the broker again, because its threads and locks are in an unknown state.
   */
  public synchronized EmbeddedKafkaServer onLoss(Runnable listener) {
    lost = listener;
    return this;
  }

  /** Stops the broker and keeps its data; does nothing if the broker is not started. */
  public synchronized void stop() {
    BrokerExits.forget(lost);
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
    if (lock != null) {
      lock.close();
      lock = null;
    }
  }

  /**
   * Forgets every topic, group and record. The next start brings up an empty Kafka with another
   * cluster id.
   *
   * @throws EmbeddedServerException if the broker runs
   */
  public synchronized void wipe() {
    if (lock != null) {
      throw new EmbeddedServerException("Kafka in " + folder + " must be stopped to be wiped");
    }
    DataFolderLock held = DataFolderLock.acquire(folder);
    try {
      Folders.delete(logs);
    } finally {
      held.close();
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** The address for clients, as in {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port();
  }

  /** All properties that a client needs to connect to this server, by Kafka's names. */
  public Map<String, Object> clientProperties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrapServers());
    KafkaAccount account = settings.account();
    if (account != null) {
      properties.putAll(account.clientProperties());
    }
    return properties;
  }

  /** The port for clients, kept over restarts; 0 before the first start if none was given. */
  public synchronized int port() {
    return port;
  }

  /** The controller's port, kept over restarts; 0 before the first start if none was given. */
  public synchronized int controllerPort() {
    return controllerPort;
  }

  /**
   * Gives a new folder its cluster id and finalises the features of this version, share groups
   * among them.
   */
  private void format() {
    if (Files.exists(logs.resolve("meta.properties"))) {
      return;
    }
    Folders.create(logs);
    KafkaNode node = settings.node();
    try (PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setNodeId(node != null ? node.id() : BrokerProperties.ALONE)
          .setClusterId(node != null ? node.clusterId() : Uuid.randomUuid().toString())
          .setControllerListenerName("CONTROLLER")
          .addDirectory(logs.toString())
          .setMetadataLogDirectory(logs.toString())
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setIgnoreFormatted(true)
          .setPrintStream(nowhere)
          .run();
    } catch (Exception e) { // the signature declares Exception
      throw new EmbeddedServerException(
          "cannot format Kafka's folder " + folder + ": " + e.getMessage(), e);
    }
  }

  private KafkaRaftServer launchOnPorts() {
    requireFree(port);
    requireFree(controllerPort);
    for (int i = 1; ; i++) {
      int candidate = port != 0 ? port : LoopbackPorts.choose();
      int controllerCandidate = controllerPort != 0 ? controllerPort : LoopbackPorts.choose();
      try {
        KafkaRaftServer launched = launch(candidate, controllerCandidate);
        port = candidate;
        controllerPort = controllerCandidate;
        return launched;
      } catch (RuntimeException e) {
        boolean otherWasFaster =
            !LoopbackPorts.isFree(candidate) || !LoopbackPorts.isFree(controllerCandidate);
        if (i == PORT_TRIES || !otherWasFaster) {
          throw new EmbeddedServerException(
              "Kafka in " + folder + " does not start: " + RootMessage.of(e), e);
        }
      }
    }
  }

  private KafkaRaftServer launch(int onPort, int onControllerPort) {
    Properties properties = BrokerProperties.of(settings, logs, onPort, onControllerPort);
    settings.properties().forEach(properties::setProperty);
    KafkaRaftServer launched =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    try {
      launched.startup();
    } catch (RuntimeException e) {
      launched.shutdown();
      launched.awaitShutdown();
      throw e;
    }
    LOG.info("Kafka serves {} on 127.0.0.1:{}", logs, onPort);
    return launched;
  }

  private static void requireFree(int given) {
    if (given != 0 && !LoopbackPorts.isFree(given)) {
      throw new EmbeddedServerException("port " + given + " is in use by another program");
    }
  }
}
