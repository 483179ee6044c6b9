package dev.bailiff.benchmark.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.benchmark.stack.HttpConnection;
import dev.bailiff.standalone.client.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls on Synapse itself, as the admin and as users. Thread-safe. */
public final class SynapseApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A bulk call of Synapse answers when everything is done. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final URI url;
  private final String adminToken;
  private final String serviceToken;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  SynapseApi(URI url, String adminToken, String serviceToken) {
    this.url = url;
    this.adminToken = adminToken;
    this.serviceToken = serviceToken;
  }

  /** An empty JSON object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A path that is called as a user. */
  public static String asUser(String path, String user) {
    return path + ApiClient.query(Map.of("user_id", user));
  }

  /** The token of the admin. */
  public String adminToken() {
    return adminToken;
  }

  /** A read of the admin. */
  public JsonNode get(String path) {
    return admin("GET", path, null);
  }

  /**
   * A call of the admin.
   *
   * @throws IllegalStateException if Synapse refuses it
   */
  public JsonNode admin(String method, String path, @Nullable JsonNode body) {
    return send(adminToken, path, json(method, body));
  }

  /** A call as a user. */
  public JsonNode as(String user, String method, String path, JsonNode body) {
    return send(serviceToken, asUser(path, user), json(method, body));
  }

  /** An upload as a user. */
  public JsonNode upload(String user, byte[] content) {
    return send(
        serviceToken,
        asUser("/_matrix/media/v3/upload", user),
        HttpRequest.newBuilder()
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(content)));
  }

  /** A connection on which the admin makes one call after another. */
  public HttpConnection connect() throws IOException {
    return new HttpConnection(url, adminToken);
  }

  /** A connection on which users make one call after another; see {@link #asUser}. */
  HttpConnection connectAsUsers() throws IOException {
    return new HttpConnection(url, serviceToken);
  }

  private static HttpRequest.Builder json(String method, @Nullable JsonNode body) {
    var request = HttpRequest.newBuilder();
    return body == null
        ? request.method(method, BodyPublishers.noBody())
        : request
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.toString()));
  }

  private JsonNode send(String token, String path, HttpRequest.Builder request) {
    try {
      var answer =
          http.send(
              request
                  .uri(URI.create(url + path))
                  .timeout(LIMIT)
                  .header("Authorization", "Bearer " + token)
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            "Synapse answers " + answer.statusCode() + " to " + path + ": " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
