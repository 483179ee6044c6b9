package dev.bailiff.homeserver.synapse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.net.httpserver.HttpServer;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that answers everything, or the calls about one user alone, with an error. */
class ServerErrorTest {
  private static final ApiPath USER = ApiPath.of("/_synapse/admin/v2/users/{}", "@a:b");

  @TempDir Path folder;

  private volatile int ofUsers = 200;
  private volatile int ofAllElse = 200;
  private HttpServer server;
  private SynapseClient client;
  private ServiceAccount account;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean isOfUser = exchange.getRequestURI().getPath().contains("/users/");
          var body = "{\"retry_after_ms\": 7000}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(isOfUser ? ofUsers : ofAllElse, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    client =
        new SynapseClient(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Duration.ofSeconds(5));
    account =
        new ServiceAccount(
            client, new ServiceToken(Files.writeString(folder.resolve("token"), "token")));
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void errorOfOneCallIsAnswered() {
    ofUsers = 500;

    assertThat(account.get(USER).status()).isEqualTo(500);
  }

  @Test
  void errorOfEverythingMeansThatTheHomeserverIsAway() {
    ofUsers = 500;
    ofAllElse = 500;

    assertThatThrownBy(() -> account.get(USER)).isInstanceOf(HomeserverUnavailableException.class);
    assertThatThrownBy(account::requireAlive).isInstanceOf(HomeserverUnavailableException.class);
  }

  @Test
  void rateLimitOfAReadNamesItsWait() {
    ofUsers = 429;

    assertThatThrownBy(() -> account.get(USER))
        .asInstanceOf(type(HomeserverUnavailableException.class))
        .extracting(HomeserverUnavailableException::retryAfter)
        .isEqualTo(Optional.of(Duration.ofSeconds(7)));
  }
}
