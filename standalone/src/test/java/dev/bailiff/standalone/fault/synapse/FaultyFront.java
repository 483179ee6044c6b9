package dev.bailiff.standalone.fault.synapse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy before a real Synapse. It answers some requests itself, as an overloaded server
 * does, and keeps some of Synapse's answers from the client. All other requests are passed on.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class FaultyFront implements AutoCloseable {
  private static final int LOST = 0;
  private static final int PASSED = 1;

  private final Supplier<URI> synapse;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Fault> faults = new CopyOnWriteArrayList<>();

  /**
   * A fault of the requests that begin so.
   *
   * @param request method and beginning of the path
   * @param status the answer in place of Synapse's, or one of the constants
   * @param left number of requests that meet it
   */
  private record Fault(String request, int status, AtomicInteger left) {

    boolean strikes(String line) {
      return line.startsWith(request) && left.getAndUpdate(number -> Math.max(0, number - 1)) > 0;
    }
  }

  FaultyFront(Supplier<URI> synapse) {
    this.synapse = synapse;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * The next requests of this form are answered with this status, and Synapse learns nothing of
   * them. Earlier faults of the form come first.
   *
   * @param request method and beginning of the path; empty for any request
   */
  void answer(int status, int times, String request) {
    faults.add(new Fault(request, status, new AtomicInteger(times)));
  }

  /** One request of this form is passed on before later faults of it begin. */
  void pass(String request) {
    faults.add(new Fault(request, PASSED, new AtomicInteger(1)));
  }

  /** Synapse carries the next request of this form out, and its answer is lost. */
  void loseAnswer(String request) {
    faults.add(new Fault(request, LOST, new AtomicInteger(1)));
  }

  /** The faults that no request has met, or not often enough. */
  List<String> unmet() {
    return faults.stream()
        .filter(fault -> fault.left().get() > 0)
        .map(fault -> fault.status() + " for " + fault.left() + " of " + fault.request())
        .toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    var line = exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
    int status =
        faults.stream()
            .filter(each -> each.strikes(line))
            .findFirst()
            .map(Fault::status)
            .orElse(PASSED);
    var body = exchange.getRequestBody().readAllBytes();
    if (status != LOST && status != PASSED) {
      reply(exchange, status, refusal(status));
      return;
    }
    var answer = passedOn(exchange, body);
    if (answer.isEmpty() || status == LOST) {
      exchange.close(); // as a proxy whose server is gone in the middle of a request
    } else {
      reply(exchange, answer.get().statusCode(), answer.get().body());
    }
  }

  private Optional<HttpResponse<byte[]>> passedOn(HttpExchange exchange, byte[] body) {
    var request =
        HttpRequest.newBuilder(URI.create(synapse.get() + exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    for (var name : List.of("Authorization", "Content-Type")) {
      @Nullable String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    try {
      return Optional.of(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** In the words of Synapse for 429, and of a reverse proxy for the others. */
  private static byte[] refusal(int status) {
    var text =
        status == 429
            ? "{\"errcode\": \"M_LIMIT_EXCEEDED\", \"error\": \"Too Many Requests\", \"retry_after_ms\": 100}"
            : status == 500
                ? "{\"errcode\": \"M_UNKNOWN\", \"error\": \"Internal server error\"}"
                : "<html><body>" + status + "</body></html>";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
