package dev.bailiff.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A stream of server-sent events that a test reads as it comes. */
final class OpenStream implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final HttpResponse<Stream<String>> response;
  private final Thread reader;
  private volatile String end = "";

  private OpenStream(HttpResponse<Stream<String>> response) {
    this.response = response;
    this.reader = new Thread(this::read);
    reader.setDaemon(true);
    reader.start();
  }

  static OpenStream of(RunningGateway gateway, String token, String path, String lastEventId) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
            .header("Authorization", "Bearer " + token);
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      return new OpenStream(HTTP.send(request.build(), BodyHandlers.ofLines()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try {
      response.body().forEach(lines::add);
      end = "whole";
    } catch (UncheckedIOException | IllegalStateException e) {
      // The test may close it before this thread begins.
      end = "cut";
    }
  }

  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  List<String> lines() {
    return lines;
  }

  /** The jobs that were told so far. */
  List<JsonNode> jobs() {
    return lines.stream()
        .filter(line -> line.startsWith("data: "))
        .map(line -> json(line.substring("data: ".length())))
        .filter(job -> job.has("job_id"))
        .toList();
  }

  /** The last id that came; empty if none came. */
  String lastId() {
    return lines.stream()
        .filter(line -> line.startsWith("id: "))
        .reduce("", (earlier, later) -> later.substring("id: ".length()));
  }

  /** Waits for a job that is told. */
  JsonNode await(Predicate<JsonNode> wanted) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> jobs().stream().filter(wanted).findFirst(), found -> found.isPresent())
        .orElseThrow();
  }

  /** Waits for the end; {@code whole} or {@code cut}. */
  String awaitEnd() {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !end.isEmpty());
    return end;
  }

  boolean hasEnded() {
    return !end.isEmpty();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(text, e);
    }
  }

  @Override
  public void close() {
    response.body().close();
  }
}
