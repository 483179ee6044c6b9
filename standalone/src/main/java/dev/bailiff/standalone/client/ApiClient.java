package dev.bailiff.standalone.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bailiff.schemas.api.ReplyJson;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

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
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      JsonNode body = parsed(response);
      if (response.statusCode() >= 300) {
        throw ApiCallException.refused(
            response.statusCode(),
            body.path("errcode").asText("no errcode"),
            body.path("error").asText("no reason given"));
      }
      return body;
    } catch (ConnectException e) {
      throw ApiCallException.unreachable(address, "is it up?");
    } catch (IOException e) {
      throw ApiCallException.unreachable(address, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiCallException.unreachable(address, "interrupted");
    }
  }

  private JsonNode parsed(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw ApiCallException.refused(
          response.statusCode(), "no JSON", "what answers at " + address + " is no Bailiff");
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
