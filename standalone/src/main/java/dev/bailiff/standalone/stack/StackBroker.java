package dev.bailiff.standalone.stack;

import dev.bailiff.embedded.EmbeddedKafkaServer;
import dev.bailiff.embedded.EmbeddedServerException;
import dev.bailiff.embedded.KafkaAccount;
import dev.bailiff.embedded.KafkaSettings;
import dev.bailiff.embedded.LoopbackPorts;
import dev.bailiff.job.KindContracts;
import dev.bailiff.kafka.KafkaConfig;
import dev.bailiff.kafka.KafkaSetup;
import io.dropwizard.util.Duration;
import java.util.Map;

/** The Kafka of a data folder. */
final class StackBroker implements AutoCloseable {
  private static final String TOPIC_PREFIX = "bailiff";
  private static final Duration LOCK = Duration.seconds(30);

  /** With this setting a worker takes its first command 1 s after it joins, and not 5 s. */
  private static final Map<String, String> GROUP_SETTINGS =
      Map.of("share.heartbeat.interval.ms", "1000");

  private final EmbeddedKafkaServer server;
  private final KafkaAccount account;

  private StackBroker(EmbeddedKafkaServer server, KafkaAccount account) {
    this.server = server;
    this.account = account;
  }

  /**
   * Starts the broker at the ports of the last start, or at others if another program has taken
   * one.
   *
   * @param lost runs if the broker cannot go on, during the start or later
   */
  static StackBroker start(DataFolder folder, RuntimeInfo.KafkaInfo last, Runnable lost) {
    KafkaAccount account = last.account().orElseThrow();
    KafkaSettings settings = KafkaSettings.in(folder.kafka()).withAccount(account);
    try {
      return new StackBroker(
          new EmbeddedKafkaServer(settings.withPorts(last.port(), last.controllerPort()))
              .onLoss(lost)
              .start(),
          account);
    } catch (EmbeddedServerException e) {
      if (LoopbackPorts.isFree(last.port()) && LoopbackPorts.isFree(last.controllerPort())) {
        throw e; // no port is the reason
      }
      return new StackBroker(new EmbeddedKafkaServer(settings).onLoss(lost).start(), account);
    }
  }

  RuntimeInfo.KafkaInfo info() {
    return new RuntimeInfo.KafkaInfo(
        server.port(),
        server.controllerPort(),
        server.bootstrapServers(),
        account.user(),
        account.password());
  }

  static KafkaConfig config(RuntimeInfo.KafkaInfo info) {
    // An 'up' of the previous release has no account.
    Map<String, String> login = info.account().map(KafkaAccount::clientProperties).orElse(Map.of());
    return new KafkaConfig(info.bootstrapServers(), TOPIC_PREFIX, LOCK, GROUP_SETTINGS, login);
  }

  /** Makes topics and group settings, so that the parts that start later need not wait for them. */
  void prepare() {
    try (KafkaSetup setup = new KafkaSetup(config(info()), KindContracts.load().names())) {
      setup.ensure();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
