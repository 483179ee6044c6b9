package dev.bailiff.standalone.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Answers with the answers that the test prepared, repeats the last one, and remembers the
 * requests.
 */
public final class FakeGateway implements AutoCloseable {
  private final HttpServer server;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> lastEventIds = new ArrayList<>();

  private FakeGateway(HttpServer server) {
    this.server = server;
  }

  public static FakeGateway start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeGateway gateway = new FakeGateway(server);
    server.createContext("/", gateway::handle);
    server.start();
    return gateway;
  }

  public FakeGateway answers(int status, String body) {
    answers.add(new Answer(status, body));
    return this;
  }

  public ApiAddress address() {
    return new ApiAddress(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "the-token");
  }

  public JobRequests calls() {
    return new JobRequests(new ApiClient(address()));
  }

  /** Each request as a text of method, path with query, token and body. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  /** Of each request the id of the last event that the client had; empty if it named none. */
  synchronized List<String> lastEventIds() {
    return List.copyOf(lastEventIds);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(
        (exchange.getRequestMethod()
                + " "
                + exchange.getRequestURI().toASCIIString()
                + " "
                + exchange.getRequestHeaders().getFirst("Authorization")
                + " "
                + body)
            .strip());
    String lastEventId = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    lastEventIds.add(lastEventId == null ? "" : lastEventId);
    Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
    byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private record Answer(int status, String body) {}
}
