package dev.bailiff.standalone.fault;

import dev.bailiff.gateway.GatewayApplication;
import dev.bailiff.kafka.CommandPublisher;

/**
 * A gateway that dies, as by {@code kill -9}, after a job's commit and before its command is
 * published.
 */
public final class DyingGateway extends GatewayApplication {

  public static void main(String[] args) throws Exception {
    new DyingGateway().run(args);
  }

  @Override
  protected CommandPublisher publisher(CommandPublisher toKafka) {
    return commands -> Runtime.getRuntime().halt(137);
  }
}
