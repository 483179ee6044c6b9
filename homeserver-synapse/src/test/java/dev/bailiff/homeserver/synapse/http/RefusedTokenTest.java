package dev.bailiff.homeserver.synapse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
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

/** A server that knows one token, and refuses others as Synapse does: without a challenge. */
class RefusedTokenTest {
  private static final ApiPath PATH = new ApiPath("/_synapse/admin/v1/server_version");

  @TempDir Path folder;

  private HttpServer server;
  private SynapseClient client;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean known =
              "Bearer right".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          var body =
              (known ? "{}" : "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"Invalid\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(known ? 200 : 401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    client =
        new SynapseClient(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Duration.ofSeconds(5));
    file = folder.resolve("token");
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void refusedTokenMakesTheHomeserverUnavailable() throws Exception {
    Files.writeString(file, "wrong");
    var account = new ServiceAccount(client, new ServiceToken(file));

    assertThatThrownBy(() -> account.get(PATH))
        .isInstanceOf(HomeserverUnavailableException.class)
        .hasMessage("Synapse refuses the token in " + file + ": Invalid");
  }

  @Test
  void newTokenInTheFileIsTakenAtOnce() throws Exception {
    Files.writeString(file, "wrong");
    var account = new ServiceAccount(client, new ServiceToken(file));
    assertThatThrownBy(() -> account.get(PATH)).isInstanceOf(RuntimeException.class);
    Files.writeString(file, "right");

    assertThat(account.get(PATH).isOk()).isTrue();
  }
}
