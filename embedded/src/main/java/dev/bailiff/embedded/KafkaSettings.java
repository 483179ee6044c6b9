package dev.bailiff.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an embedded Kafka. The caller keeps both ports for the next start on the same
 * folder.
 *
 * @param folder holds the logs and the lock; created if missing
 * @param port of 127.0.0.1 for clients; 0 = the first start chooses a free port and keeps it while
 *     the server object lives
 * @param controllerPort of 127.0.0.1 for the controller's own connections; 0 = as above
 * @param account the only account that may connect, to either port; null = everybody on this
 *     machine may connect
 * @param node this broker among several; null = the broker is alone
 * @param properties broker properties that are added to ours or replace ours, by Kafka's names
 */
public record KafkaSettings(
    Path folder,
    int port,
    int controllerPort,
    @Nullable KafkaAccount account,
    @Nullable KafkaNode node,
    Map<String, String> properties) {
  public KafkaSettings {
    properties = Map.copyOf(properties);
  }

  /** Settings of a broker in this folder at free ports, open to everybody on this machine. */
  public static KafkaSettings in(Path folder) {
    return new KafkaSettings(folder, 0, 0, null, null, Map.of());
  }

  public KafkaSettings withPorts(int newPort, int newControllerPort) {
    return new KafkaSettings(folder, newPort, newControllerPort, account, node, properties);
  }

  /** The same settings for this account alone; each start may use another account. */
  public KafkaSettings withAccount(KafkaAccount only) {
    return new KafkaSettings(folder, port, controllerPort, only, node, properties);
  }

  /** The same settings for one of several brokers; the node gives the controller's port. */
  public KafkaSettings asNode(KafkaNode newNode) {
    int ownPort = newNode.controllerPorts().getOrDefault(newNode.id(), 0);
    return new KafkaSettings(folder, port, ownPort, account, newNode, properties);
  }

  /** The same settings with one broker property added or changed. */
  public KafkaSettings with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(properties);
    changed.put(name, value);
    return new KafkaSettings(folder, port, controllerPort, account, node, changed);
  }
}
