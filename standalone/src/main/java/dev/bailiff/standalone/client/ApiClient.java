package dev.bailiff.standalone.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bailiff.schemas.api.ReplyJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the HTTP API, answered as JSON.
 *
 * <p><b>Errors:</b> {@link ApiCallException}. <b>Concurrency:</b> thread-safe.
 */
public final class ApiClient {
  /**
   * Keys as in the API's JSON; unknown keys are ignored, so that an older client can read a newer
   * server's answers.
   */
  private static final ObjectMapper JSON =
      ReplyJson.configure(
          JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build());

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** Longer than the 25 s that a waiting call may take by default. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(40);

  private final ApiAddress address;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();

  public ApiClient(ApiAddress address) {
    this.address = address;
  }

  /** A path whose {@code {}} are replaced by the values, each encoded as one segment. */
  public static String path(String template, String... values) {
    String path = template;
    for (String value : values) {
      path = path.replaceFirst("\\{}", encoded(value));
    }
    return path;
  }

  /**
   * A query, with its question mark, of all keys whose value is not empty; empty if no key has a
   * value.
   */
  public static String query(Map<String, String> values) {
    String query =
        values.entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  public JsonNode get(String path) {
    return send(request(path).GET());
  }

  /** An answer as text of another type than JSON. */
  public String text(String path, String type) {
    try (var answer = open(path, type)) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw ApiCallException.unreachable(address, String.valueOf(e.getMessage()));
    }
  }

  /**
   * An answer of any length, as it arrives. The caller closes it; an {@link IOException} in the
   * middle means that the rest did not come.
   */
  public InputStream open(String path, String type) {
    return bodyOrRefusal(
        answer(request(path).setHeader("Accept", type).GET(), BodyHandlers.ofInputStream()));
  }

  private InputStream bodyOrRefusal(HttpResponse<InputStream> response) {
    if (response.statusCode() < 300) {
      return response.body();
    }
    try (var body = response.body()) {
      throw refusal(
          response.statusCode(),
          parsed(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw ApiCallException.unreachable(address, String.valueOf(e.getMessage()));
    }
  }

  /**
   * A stream of server-sent events; empty if there is nothing more to come. The caller closes it.
   *
   * @param lastEventId after which it goes on; null for a new stream
   */
  public Optional<InputStream> stream(String path, @Nullable String lastEventId) {
    var request = request(path).setHeader("Accept", "text/event-stream").GET();
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    var response = answer(request, BodyHandlers.ofInputStream());
    return response.statusCode() == 204 ? Optional.empty() : Optional.of(bodyOrRefusal(response));
  }

  /** A line of JSON. */
  static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The address that is called. */
  public ApiAddress address() {
    return address;
  }

  public JsonNode delete(String path) {
    return send(request(path).DELETE());
  }

  public JsonNode patch(String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  public JsonNode post(String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  /** Converts an answer to a record of {@code schemas}. */
  public static <T> T as(Class<T> type, JsonNode answer) {
    try {
      return JSON.treeToValue(answer, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the answer is no " + type.getSimpleName() + ": " + e, e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address.url() + path))
        .timeout(ANSWER_LIMIT)
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + address.token());
  }

  private JsonNode send(HttpRequest.Builder request) {
    var response = answer(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    var body = parsed(response.statusCode(), response.body());
    if (response.statusCode() >= 300) {
      throw refusal(response.statusCode(), body);
    }
    return body;
  }

  private <T> HttpResponse<T> answer(HttpRequest.Builder request, BodyHandler<T> body) {
    try {
      return http.send(request.build(), body);
    } catch (ConnectException e) {
      throw ApiCallException.unreachable(address, "is it up?");
    } catch (IOException e) {
      throw ApiCallException.unreachable(address, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiCallException.unreachable(address, "interrupted");
    }
  }

  private static ApiCallException refusal(int status, JsonNode body) {
    return ApiCallException.refused(
        status,
        body.path("errcode").asText("no errcode"),
        body.path("error").asText("no reason given"));
  }

  private JsonNode parsed(int status, String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw ApiCallException.refused(
          status, "no JSON", "what answers at " + address + " is no Bailiff");
    }
  }

  /**
   * Encodes like {@link URLEncoder}, with one exception: in a path a plus does not stand for a
   * blank.
   */
  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
