package dev.bailiff.homeserver.synapse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.testing.synapse.LocalServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that knows one token, and refuses others as Synapse does: without a challenge. */
class RefusedTokenTest {
  private static final ApiPath PATH = new ApiPath("/_synapse/admin/v1/server_version");

  @TempDir Path folder;

  private LocalServer server;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    server =
        LocalServer.answering(
            exchange -> {
              boolean known =
                  "Bearer right".equals(exchange.getRequestHeaders().getFirst("Authorization"));
              LocalServer.answer(
                  exchange,
                  known ? 200 : 401,
                  (known ? "{}" : "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"Invalid\"}"));
            });
    file = folder.resolve("token");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void refusedTokenMakesTheHomeserverUnavailable() throws Exception {
    Files.writeString(file, "wrong");
    var account = new ServiceAccount(server.client(), new ServiceToken(file));

    assertThatThrownBy(() -> account.get(PATH))
        .isInstanceOf(HomeserverUnavailableException.class)
        .hasMessage("Synapse refuses the token in " + file + ": Invalid");
  }

  @Test
  void newTokenInTheFileIsTakenAtOnce() throws Exception {
    Files.writeString(file, "wrong");
    var account = new ServiceAccount(server.client(), new ServiceToken(file));
    assertThatThrownBy(() -> account.get(PATH)).isInstanceOf(RuntimeException.class);
    Files.writeString(file, "right");

    assertThat(account.get(PATH).isOk()).isTrue();
  }
}
