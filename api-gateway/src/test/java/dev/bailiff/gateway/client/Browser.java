package dev.bailiff.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Client;
import dev.bailiff.gateway.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A page of another origin in a browser. It asks for leave with {@code OPTIONS} before each request
 * that is more than a plain one. It gets only answers that name its origin as allowed (Fetch
 * standard, CORS protocol).
 */
final class Browser {
  private static final List<String> PLAIN_METHODS = List.of("GET", "HEAD", "POST");

  private final int port;
  private final String token;

  /**
   * @param token null before login
   */
  Browser(int port, String token) {
    this.port = port;
    this.token = token;
  }

  Reply get(String target) {
    return send("GET", target, null);
  }

  Reply post(String target, String body) {
    return send("POST", target, body);
  }

  Reply put(String target, String body) {
    return send("PUT", target, body);
  }

  Reply delete(String target, String body) {
    return send("DELETE", target, body);
  }

  /** Sends a request after asking for leave; the body is JSON, null for none. */
  Reply send(String method, String target, String body) {
    var headers = new ArrayList<String>();
    if (token != null) {
      headers.add("authorization");
    }
    if (body != null) {
      headers.add("content-type");
    }
    if (!headers.isEmpty() || !PLAIN_METHODS.contains(method)) {
      askLeave(method, target, headers);
    }
    var reply = new HttpLibrary(page(token)).send(method, target, body);
    assertThat(reply.headers()).as(target).containsEntry("Access-Control-Allow-Origin", "*");
    return reply;
  }

  private void askLeave(String method, String target, List<String> headers) {
    var asking = page(null).with("Access-Control-Request-Method: " + method);
    if (!headers.isEmpty()) {
      asking = asking.with("Access-Control-Request-Headers: " + String.join(",", headers));
    }

    var leave = asking.send("OPTIONS", target, null);

    assertThat(leave.status()).as("OPTIONS %s", target).isEqualTo(204);
    assertThat(leave.headers()).containsEntry("Access-Control-Allow-Origin", "*");
    assertThat(listOf(leave, "Access-Control-Allow-Methods"))
        .contains(method.toLowerCase(Locale.ROOT));
    assertThat(listOf(leave, "Access-Control-Allow-Headers")).containsAll(headers);
  }

  private Client page(String bearer) {
    return new Client(port, bearer)
        .with("Origin: https://admin.example")
        .with("Accept: application/json")
        .with("Accept-Encoding: gzip, deflate, br, zstd");
  }

  private static List<String> listOf(Reply reply, String header) {
    return Stream.of(reply.headers().get(header).split(","))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .toList();
  }
}
