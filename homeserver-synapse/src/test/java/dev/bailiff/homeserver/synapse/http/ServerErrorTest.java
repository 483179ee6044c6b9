package dev.bailiff.homeserver.synapse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.testing.synapse.LocalServer;
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
  private LocalServer server;
  private ServiceAccount account;

  @BeforeEach
  void start() throws Exception {
    server =
        LocalServer.answering(
            exchange -> {
              boolean isOfUser = exchange.getRequestURI().getPath().contains("/users/");
              LocalServer.answer(
                  exchange, isOfUser ? ofUsers : ofAllElse, "{\"retry_after_ms\": 7000}");
            });
    account = server.account(folder);
  }

  @AfterEach
  void stop() {
    server.close();
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
