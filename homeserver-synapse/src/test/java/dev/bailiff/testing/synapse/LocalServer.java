package dev.bailiff.testing.synapse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;
import dev.bailiff.homeserver.synapse.http.ServiceToken;
import dev.bailiff.homeserver.synapse.http.SynapseClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A server on this machine whose answers a test gives, and a client of it. */
public final class LocalServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpServer server;
  private final SynapseClient client;

  private LocalServer(HttpServer server) {
    this.server = server;
    this.client =
        new SynapseClient(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()), PATIENCE);
  }

  /** Starts a server that answers every call with this handler. */
  public static LocalServer answering(HttpHandler handler) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", handler);
    server.start();
    return new LocalServer(server);
  }

  /** Sends an answer and ends the exchange. */
  public static void answer(HttpExchange exchange, int status, String json) throws IOException {
    var body = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  public SynapseClient client() {
    return client;
  }

  /**
   * An account on the server.
   *
   * @param folder where its token is kept
   */
  public ServiceAccount account(Path folder) throws IOException {
    return new ServiceAccount(
        client, new ServiceToken(Files.writeString(folder.resolve("token"), "token")));
  }

  @Override
  public void close() {
    client.close();
    server.stop(0);
  }
}
