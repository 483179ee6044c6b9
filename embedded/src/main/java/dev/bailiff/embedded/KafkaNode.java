package dev.bailiff.embedded;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One of several brokers that hold the same topics; each broker is a controller, too.
 *
 * @param id of this broker, among the keys of {@code controllerPorts}
 * @param clusterId the same for all brokers: 22 characters, as Kafka's {@code Uuid.randomUuid()}
 *     returns them
 * @param controllerPorts ports of 127.0.0.1, by the ids of all brokers
 */
public record KafkaNode(int id, String clusterId, Map<Integer, Integer> controllerPorts) {
  /** The number of copies that Kafka keeps of its own topics by default. */
  private static final int MOST_COPIES = 3;

  public KafkaNode {
    controllerPorts = Map.copyOf(controllerPorts);
    if (!controllerPorts.containsKey(id)) {
      throw new IllegalArgumentException("node " + id + " is not among the controllers");
    }
  }

  /** How many brokers keep a record. */
  int copies() {
    return Math.min(MOST_COPIES, controllerPorts.size());
  }

  /** How many of the copies must exist before a record is acknowledged: one broker may be away. */
  int inSync() {
    return Math.max(1, copies() - 1);
  }

  /** The value of {@code controller.quorum.voters}. */
  String voters() {
    return new TreeMap<>(controllerPorts)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "@127.0.0.1:" + entry.getValue())
            .collect(Collectors.joining(","));
  }
}
