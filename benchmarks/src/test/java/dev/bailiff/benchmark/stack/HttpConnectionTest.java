package dev.bailiff.benchmark.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {
  private HttpServer server;
  private HttpConnection connection;

  @BeforeEach
  void connect() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/chunked",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("in chunks".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    server.createContext(
        "/echo",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange
              .getResponseHeaders()
              .set("Token", exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.getResponseHeaders().set("Method", exchange.getRequestMethod());
          exchange.sendResponseHeaders(202, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    connection =
        new HttpConnection(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "secret");
  }

  @AfterEach
  void close() throws IOException {
    connection.close();
    server.stop(0);
  }

  @Test
  void answersWithALengthAndInChunksAreReadOneAfterTheOther() throws IOException {
    var echoed = connection.post("/echo", "{\"a\":\"ä\"}").require(202);
    var chunked = connection.get("/chunked").require(200);

    assertThat(echoed.body()).isEqualTo("{\"a\":\"ä\"}");
    assertThat(echoed.headers()).containsEntry("token", "Bearer secret");
    assertThat(chunked.body()).isEqualTo("in chunks");
  }

  @Test
  void aBodyIsPut() throws IOException {
    var echoed = connection.put("/echo", "{}").require(202);

    assertThat(echoed.headers()).containsEntry("method", "PUT");
    assertThat(echoed.body()).isEqualTo("{}");
  }

  @Test
  void anotherStatusThanWantedIsAnError() throws IOException {
    var missing = connection.get("/nowhere");

    assertThatThrownBy(() -> missing.require(200))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("status 404");
  }
}
