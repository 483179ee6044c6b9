package dev.bailiff.homeserver.synapse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynapseClientTest {
  private static final ApiCall CALL = ApiCall.get(ApiPath.of("/x"));

  private HttpServer synapse;
  private SynapseClient client;

  @TempDir Path folder;

  /** Synapse refuses a token without the header {@code WWW-Authenticate}. */
  @BeforeEach
  void start() throws IOException {
    synapse = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    synapse.createContext(
        "/",
        exchange -> {
          var sent = exchange.getRequestHeaders().getFirst("Authorization");
          boolean good = "Bearer good".equals(sent);
          byte[] body =
              (good ? "{}" : "{\"errcode\": \"M_UNKNOWN_TOKEN\", \"error\": \"Invalid\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(good ? 200 : 401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    synapse.start();
    client =
        new SynapseClient(
            URI.create("http://127.0.0.1:" + synapse.getAddress().getPort()),
            Duration.ofSeconds(5));
  }

  @AfterEach
  void stop() {
    client.close();
    synapse.stop(0);
  }

  @Test
  void refusalOfACallersTokenIsAnAnswer() {
    var answer = client.sendAs(CALL, "bad");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.errcode()).isEqualTo("M_UNKNOWN_TOKEN");
  }

  @Test
  void refusalOfTheServiceTokenMeansThatTheHomeserverIsAway() throws IOException {
    var token = new ServiceToken(Files.writeString(folder.resolve("token"), "bad\n"));

    assertThatThrownBy(() -> client.send(CALL, token))
        .isInstanceOf(HomeserverUnavailableException.class)
        .hasMessageContaining("refuses the token in")
        .hasMessageNotContaining("bad");
  }

  @Test
  void fileIsReadAgainAfterARefusal() throws IOException {
    var file = Files.writeString(folder.resolve("token"), "bad\n");
    var token = new ServiceToken(file);
    token.value();
    Files.writeString(file, "good\n");

    assertThat(client.send(CALL, token).isOk()).isTrue();
  }
}
