package dev.bailiff.standalone.fault;

import dev.bailiff.embedded.EmbeddedKafkaServer;
import dev.bailiff.embedded.KafkaSettings;
import dev.bailiff.gateway.GatewayApplication;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * Kafka and a gateway in one process, as in {@code up}, so that a test can kill both together.
 * Arguments: Kafka's folder, its port, its controller's port, the gateway's YAML.
 */
public final class HeadMain {
  private HeadMain() {}

  static EmbeddedKafkaServer kafka(Path folder, int port, int controllerPort) {
    return new EmbeddedKafkaServer(KafkaSettings.in(folder).withPorts(port, controllerPort));
  }

  public static void main(String[] args) throws Exception {
    var kafka = kafka(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    CompletableFuture.runAsync(kafka::start)
        .exceptionally(
            failure -> {
              failure.printStackTrace();
              Runtime.getRuntime().halt(1);
              return null;
            });
    new GatewayApplication().run("server", args[3]);
  }
}
