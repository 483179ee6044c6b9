package dev.bailiff.testing.server;

import dev.bailiff.embedded.EmbeddedKafkaServer;
import dev.bailiff.embedded.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * A broker for one test class with two addresses: a direct one, and one by way of a {@link
 * TcpProxy}.
 *
 * <p>Clients connect to the address that the broker advertises. Therefore this broker has a second
 * listener, which advertises the proxy's port: a client that starts at the proxy stays behind it,
 * and a cut of the proxy separates only these clients from Kafka. The broker's own connections are
 * direct.
 */
public final class ProxiedBroker implements AutoCloseable {
  private final EmbeddedKafkaServer server;
  private final TcpProxy proxy;

  private ProxiedBroker(EmbeddedKafkaServer server, TcpProxy proxy) {
    this.server = server;
    this.proxy = proxy;
  }

  /** Starts the broker and the proxy. */
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

  /** The broker, which the test may stop, wipe and start again. */
  public EmbeddedKafkaServer server() {
    return server;
  }

  /** The proxy before the second listener. */
  public TcpProxy proxy() {
    return proxy;
  }

  /** The direct address of the broker. */
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
