package dev.bailiff.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** The properties of a broker on loopback that is often restarted, alone or one of several. */
final class BrokerProperties {
  /** The id of a node that is alone. */
  static final int ALONE = 1;

  private BrokerProperties() {}

  static Properties of(KafkaSettings settings, Path logs, int port, int controllerPort) {
    KafkaAccount account = settings.account();
    KafkaNode node = settings.node();
    KafkaNode self = node != null ? node : alone(controllerPort);
    String protocol = account == null ? "PLAINTEXT" : KafkaAccount.PROTOCOL;
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", Integer.toString(self.id()));
    p.setProperty("controller.quorum.voters", self.voters());
    // The listener for clients has the name of its protocol.
    p.setProperty(
        "listeners",
        protocol + "://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    p.setProperty("advertised.listeners", protocol + "://127.0.0.1:" + port);
    p.setProperty(
        "listener.security.protocol.map", protocol + ":" + protocol + ",CONTROLLER:" + protocol);
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty("inter.broker.listener.name", protocol);
    p.setProperty("log.dirs", logs.toString());
    p.setProperty("auto.create.topics.enable", "false");
    if (account != null) {
      closed(p, account);
    }
    copies(p, Integer.toString(self.copies()), Integer.toString(self.inSync()));
    small(p);
    quickToRecover(p);
    return p;
  }

  /** Both listeners accept this account alone; the broker's own connections use it, too. */
  private static void closed(Properties p, KafkaAccount account) {
    p.setProperty("sasl.enabled.mechanisms", KafkaAccount.MECHANISM);
    p.setProperty("sasl.mechanism.inter.broker.protocol", KafkaAccount.MECHANISM);
    p.setProperty("sasl.mechanism.controller.protocol", KafkaAccount.MECHANISM);
    for (String listener : List.of(KafkaAccount.PROTOCOL, "CONTROLLER")) {
      String prefix =
          ("listener.name." + listener + "." + KafkaAccount.MECHANISM + ".")
              .toLowerCase(Locale.ROOT);
      p.setProperty(prefix + "sasl.jaas.config", account.jaas());
      p.setProperty(prefix + "sasl.server.callback.handler.class", AccountCheck.class.getName());
    }
  }

  /** One node cannot replicate: by default Kafka wants three copies of its own topics. */
  private static KafkaNode alone(int controllerPort) {
    return new KafkaNode(ALONE, "", Map.of(ALONE, controllerPort));
  }

  private static void copies(Properties p, String copies, String inSync) {
    p.setProperty("default.replication.factor", copies);
    p.setProperty("min.insync.replicas", inSync);
    p.setProperty("offsets.topic.replication.factor", copies);
    p.setProperty("transaction.state.log.replication.factor", copies);
    p.setProperty("transaction.state.log.min.isr", inSync);
    p.setProperty("share.coordinator.state.topic.replication.factor", copies);
    p.setProperty("share.coordinator.state.topic.min.isr", inSync);
  }

  private static void small(Properties p) {
    p.setProperty("num.partitions", "4");
    p.setProperty("offsets.topic.num.partitions", "8");
    p.setProperty("transaction.state.log.num.partitions", "4");
    p.setProperty("share.coordinator.state.topic.num.partitions", "4");
    p.setProperty("num.network.threads", "2");
    p.setProperty("num.io.threads", "4");
    p.setProperty("log.cleaner.dedupe.buffer.size", "8388608"); // bytes; the default is 128 MB
  }

  private static void quickToRecover(Properties p) {
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    // after a kill -9 the next start waits for the old session to end: 9 s by default
    p.setProperty("broker.session.timeout.ms", "3000");
    p.setProperty("broker.heartbeat.interval.ms", "500");
    // Kafka refuses group settings below these minimums. With them members join in 1 s, and locks
    // may be as short as 5 s.
    p.setProperty("group.share.min.heartbeat.interval.ms", "1000");
    p.setProperty("group.share.min.session.timeout.ms", "6000");
    p.setProperty("group.share.min.record.lock.duration.ms", "5000");
  }
}
