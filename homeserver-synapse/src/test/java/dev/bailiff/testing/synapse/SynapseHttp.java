package dev.bailiff.testing.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * HTTP to a Synapse, independent of the client under test.
 *
 * @param url address of the server
 * @param adminToken the token of a server admin
 * @param serviceToken the token of an application service, which acts as any user
 */
public record SynapseHttp(Supplier<URI> url, String adminToken, String serviceToken) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** An answer, whatever its status. */
  public record Reply(int status, JsonNode body) {

    /** The body of a call that must have succeeded. */
    public JsonNode ok() {
      if (status != 200) {
        throw new AssertionError(status + " " + body);
      }
      return body;
    }
  }

  /** A path in which ids stand in the places of {@code {}}. */
  public static String path(String template, String... ids) {
    var path = template;
    for (var id : ids) {
      int place = path.indexOf("{}");
      path = path.substring(0, place) + encoded(id) + path.substring(place + 2);
    }
    return path;
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A read of the admin. */
  public Reply admin(String path) {
    return admin("GET", path, null);
  }

  /** A call of the admin. */
  public Reply admin(String method, String path, @Nullable JsonNode body) {
    return withToken(adminToken, method, path, body);
  }

  /** A call as a user. */
  public Reply as(String user, String method, String path, @Nullable JsonNode body) {
    return withToken(serviceToken, method, asUser(user, path), body);
  }

  /** A call with some token. */
  public Reply withToken(String token, String method, String path, @Nullable JsonNode body) {
    return send(
        token,
        path,
        builder ->
            body == null
                ? builder.method(method, HttpRequest.BodyPublishers.noBody())
                : builder
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  /** An upload as a user. */
  public Reply upload(String user, byte[] content) {
    return send(
        serviceToken,
        asUser(user, "/_matrix/media/v3/upload"),
        builder ->
            builder
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(content)));
  }

  private static String asUser(String user, String path) {
    return path + (path.contains("?") ? "&" : "?") + "user_id=" + encoded(user);
  }

  private Reply send(String token, String path, UnaryOperator<HttpRequest.Builder> method) {
    var request =
        method
            .apply(HttpRequest.newBuilder(URI.create(url.get() + path)))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      var answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(answer.statusCode(), JSON.readTree(answer.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
