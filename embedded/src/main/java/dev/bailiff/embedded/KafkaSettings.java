package dev.bailiff.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an embedded Kafka is started with. The caller keeps both ports for the next start on the
 * same folder.
 *
 * @param folder holds the logs and the lock; created if missing
 * @param port of 127.0.0.1 for clients; 0 = a free one is chosen by the first start and kept while
 *     the server object lives
 * @param controllerPort of 127.0.0.1 for the controller's own talk; 0 = as above
 * @param account who may connect, to either port; null = everybody on this machine
 * @param node which of several brokers it is; null = it is alone
 * @param properties broker properties beside or instead of ours, by Kafka's names
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

  /** A broker in this folder at free ports, for everybody on this machine. */
  public static KafkaSettings in(Path folder) {
    return new KafkaSettings(folder, 0, 0, null, null, Map.of());
  }

  public KafkaSettings withPorts(int newPort, int newControllerPort) {
    return new KafkaSettings(folder, newPort, newControllerPort, account, node, properties);
  }

  /** The same for this account alone; it may be another one at each start. */
  public KafkaSettings withAccount(KafkaAccount only) {
    return new KafkaSettings(folder, port, controllerPort, only, node, properties);
  }

  /** The same as one of several brokers; its controller's port is the one that the node names. */
  public KafkaSettings asNode(KafkaNode newNode) {
    int ownPort = newNode.controllerPorts().getOrDefault(newNode.id(), 0);
    return new KafkaSettings(folder, port, ownPort, account, newNode, properties);
  }

  /** The same with one broker property more or changed. */
  public KafkaSettings with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(properties);
    changed.put(name, value);
    return new KafkaSettings(folder, port, controllerPort, account, node, changed);
  }
}
