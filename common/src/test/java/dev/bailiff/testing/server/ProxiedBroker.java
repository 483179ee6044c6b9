package dev.bailiff.testing.server;

import dev.bailiff.embedded.EmbeddedKafkaServer;
import dev.bailiff.embedded.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * A broker for one test class with two ways in: straight, and by way of a {@link TcpProxy}.
 *
 * <p>A client is told by the broker where to connect to. So the broker has a second listener, which
 * advertises the proxy's port: whoever begins at the proxy stays behind it, and a cut of the proxy
 * takes Kafka from them alone. The broker's own talk goes straight.
 */
public final class ProxiedBroker implements AutoCloseable {
  private final EmbeddedKafkaServer server;
  private final TcpProxy proxy;

  private ProxiedBroker(EmbeddedKafkaServer server, TcpProxy proxy) {
    this.server = server;
    this.proxy = proxy;
  }

  /** Starts both. */
  public static ProxiedBroker start() {
    int straight = freePort();
    int controller = freePort();
    int behind = freePort();
    var proxy = TcpProxy.to("127.0.0.1", behind);
    try {
      var server =
          TestServers.privateKafka(
              settings ->
                  listeners(
                      settings.withPorts(straight, controller),
                      "PLAINTEXT://127.0.0.1:%d,PROXIED://127.0.0.1:%d".formatted(straight, behind),
                      proxy.port()));
      return new ProxiedBroker(server.start(), proxy);
    } catch (RuntimeException e) {
      proxy.close();
      throw e;
    }
  }

  private static KafkaSettings listeners(KafkaSettings settings, String own, int proxyPort) {
    return settings
        .with("listeners", own + ",CONTROLLER://127.0.0.1:" + settings.controllerPort())
        .with(
            "advertised.listeners",
            "PLAINTEXT://127.0.0.1:%d,PROXIED://127.0.0.1:%d".formatted(settings.port(), proxyPort))
        .with(
            "listener.security.protocol.map",
            "PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT");
  }

  /** The broker, to be stopped, wiped and started again. */
  public EmbeddedKafkaServer server() {
    return server;
  }

  /** What stands before the second listener. */
  public TcpProxy proxy() {
    return proxy;
  }

  /** The address straight to the broker. */
  public String bootstrapServers() {
    return server.bootstrapServers();
  }

  /** The address by way of the proxy. */
  public String proxiedServers() {
    return "127.0.0.1:" + proxy.port();
  }

  @Override
  public void close() {
    proxy.close();
    server.close();
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
