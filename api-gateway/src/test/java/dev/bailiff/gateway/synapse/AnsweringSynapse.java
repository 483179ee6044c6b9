package dev.bailiff.gateway.synapse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.homeserver.synapse.SynapseCalls;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Answers the calls with which a gateway asks Synapse who somebody is, and the version. Tokens that
 * it does not know are refused as Synapse refuses them.
 */
final class AnsweringSynapse implements AutoCloseable {
  static final String SERVICE_TOKEN = "service-token";

  private final HttpServer server;
  private final Map<String, String> users = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String page = "";
  private volatile int status = 200;

  AnsweringSynapse(String serviceAccount) throws IOException {
    users.put(SERVICE_TOKEN, serviceAccount);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool(DaemonThreads.named("answering-synapse")));
    server.createContext("/", this::handle);
    server.start();
  }

  /** The owner of a token, who is a server admin. */
  void admin(String token, String user) {
    users.put(token, user);
  }

  /** Refuses a token from now on. */
  void forget(String token) {
    users.remove(token);
  }

  /** Holds the answers to a token back until the latch is down. */
  void hold(String token, CountDownLatch until) {
    held.put(token, until);
  }

  /** From now on every call gets this page, with the status 200. */
  void pageForAll(String text) {
    page = text;
  }

  /** From now on every call gets this status. */
  void statusForAll(int all) {
    status = all;
  }

  /** The tokens with which somebody asked whose they are, oldest first. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  SynapseClient client() {
    return new SynapseClient(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Duration.ofSeconds(30));
  }

  /** The calls of the service account. */
  static SynapseCalls calls(SynapseClient client, Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("token"), SERVICE_TOKEN);
    return SynapseCalls.of(new ServiceAccount(client, new ServiceToken(file)));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var header = exchange.getRequestHeaders().getFirst("Authorization");
      var token = header == null ? "" : header.replaceFirst("Bearer ", "");
      if (path.endsWith("/whoami")) {
        asked.add(token);
      }
      await(held.get(token));
      var user = users.get(token);
      if (!page.isEmpty() || status != 200) {
        send(exchange, status, page);
      } else if (path.endsWith("/server_version")) {
        send(exchange, 200, "{\"server_version\": \"1.163.2\"}");
      } else if (user == null) {
        send(
            exchange,
            401,
            "{\"errcode\": \"M_UNKNOWN_TOKEN\", \"error\": \"Invalid access token passed.\","
                + " \"soft_logout\": false}");
      } else if (path.endsWith("/whoami")) {
        send(exchange, 200, "{\"user_id\": \"" + user + "\"}");
      } else {
        send(exchange, 200, "{\"name\": \"" + user + "\"}");
      }
    }
  }

  private static void await(@Nullable CountDownLatch until) {
    try {
      if (until != null) {
        until.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    var body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
