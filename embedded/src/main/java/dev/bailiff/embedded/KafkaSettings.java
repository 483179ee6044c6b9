package dev.bailiff.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an embedded Kafka is started with. The caller keeps both ports for the next start on the
 * same folder.
 *
 * @param folder holds the logs and the lock; created if missing
 * @param port of 127.0.0.1 for clients; 0 = a free one is chosen by the first start and kept while
 *     the server object lives
 * @param controllerPort of 127.0.0.1 for the controller's own talk; 0 = as above
 * @param properties broker properties beside or instead of ours, by Kafka's names
 */
public record KafkaSettings(
    Path folder, int port, int controllerPort, Map<String, String> properties) {
  public KafkaSettings {
    properties = Map.copyOf(properties);
  }

  /** A broker in this folder at free ports. */
  public static KafkaSettings in(Path folder) {
    return new KafkaSettings(folder, 0, 0, Map.of());
  }

  public KafkaSettings withPorts(int newPort, int newControllerPort) {
    return new KafkaSettings(folder, newPort, newControllerPort, properties);
  }

  /** The same with one broker property more or changed. */
  public KafkaSettings with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(properties);
    changed.put(name, value);
    return new KafkaSettings(folder, port, controllerPort, changed);
  }
}
