package dev.bailiff.testing.server;

import dev.bailiff.embedded.EmbeddedKafkaServer;
import dev.bailiff.embedded.KafkaNode;
import dev.bailiff.embedded.LoopbackPorts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * Three brokers that keep three copies of each record. A record is acknowledged once two brokers
 * have it, so any one broker may be stopped.
 */
public final class KafkaCluster implements AutoCloseable {
  private static final int BROKERS = 3;

  private final List<EmbeddedKafkaServer> brokers = new ArrayList<>();

  private KafkaCluster() {}

  /** Starts all three brokers. */
  public static KafkaCluster start() {
    var cluster = new KafkaCluster();
    var controllers = new HashMap<Integer, Integer>();
    for (int id = 1; id <= BROKERS; id++) {
      controllers.put(id, LoopbackPorts.choose());
    }
    String clusterId = Uuid.randomUuid().toString();
    for (int id = 1; id <= BROKERS; id++) {
      var node = new KafkaNode(id, clusterId, controllers);
      cluster.brokers.add(TestServers.privateKafka(settings -> settings.asNode(node)));
    }
    // The start of each broker waits for the others, as no broker can become the leader alone.
    all(cluster.brokers.stream().map(broker -> (Runnable) broker::start).toList());
    return cluster;
  }

  /** The addresses of all brokers. */
  public String bootstrapServers() {
    return brokers.stream()
        .map(EmbeddedKafkaServer::bootstrapServers)
        .collect(Collectors.joining(","));
  }

  public int size() {
    return brokers.size();
  }

  /** One of the brokers, which the test may stop and start again. */
  public EmbeddedKafkaServer broker(int n) {
    return brokers.get(n);
  }

  /** Stops all brokers at once, as the last ones could not stop in good order without a leader. */
  @Override
  public void close() {
    all(brokers.stream().map(broker -> (Runnable) broker::close).toList());
  }

  private static void all(List<Runnable> actions) {
    var threads = Executors.newFixedThreadPool(BROKERS);
    try {
      CompletableFuture.allOf(
              actions.stream()
                  .map(action -> CompletableFuture.runAsync(action, threads))
                  .toArray(CompletableFuture[]::new))
          .join();
    } finally {
      threads.shutdown();
    }
  }
}
