package dev.bailiff.homeserver.synapse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.testing.synapse.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another homeserver at the same address gets no call of a job. */
class SameServerTest {
  private static final ApiPath USER = ApiPath.of("/_synapse/admin/v2/users/{}", "@a:b");
  private static final String WHOAMI = "/_matrix/client/v3/account/whoami";

  @TempDir Path folder;

  private final List<String> paths = new CopyOnWriteArrayList<>();
  private volatile String serverName = "chat.example";
  private volatile String goodToken = "first";
  private volatile int status = 200;
  private LocalServer server;
  private Path file;
  private ServiceToken token;

  @BeforeEach
  void start() throws IOException {
    server =
        LocalServer.answering(
            exchange -> {
              paths.add(exchange.getRequestURI().getRawPath());
              boolean known =
                  ("Bearer " + goodToken)
                      .equals(exchange.getRequestHeaders().getFirst("Authorization"));
              LocalServer.answer(
                  exchange,
                  known ? status : 401,
                  (known ? "{\"user_id\": \"@bailiff:" + serverName + "\"}" : "{}"));
            });
    file = Files.writeString(folder.resolve("token"), "first");
    token = new ServiceToken(file);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void nameIsComparedOnce() {
    server.client().holdTo(() -> Optional.of("chat.example"));

    assertThat(call().isOk()).isTrue();
    assertThat(call().isOk()).isTrue();

    assertThat(paths).containsExactly(WHOAMI, USER.text(), USER.text());
  }

  @Test
  void anotherHomeserverGetsNoCall() {
    server.client().holdTo(() -> Optional.of("first.example"));

    assertOther("chat.example", "first.example");
    assertOther("chat.example", "first.example");

    assertThat(paths).containsOnly(WHOAMI);
  }

  @Test
  void homeserverThatComesBackUnderAnotherNameGetsNoCall() {
    server.client().holdTo(Optional::empty);
    call();
    status = 503;
    assertThatThrownBy(this::call).isInstanceOf(HomeserverUnavailableException.class);
    paths.clear();

    status = 200;
    serverName = "other.example";

    assertOther("other.example", "chat.example");
    assertThat(paths).containsExactly(WHOAMI);

    serverName = "chat.example";
    assertThat(call().isOk()).isTrue();
  }

  @Test
  void homeserverThatTakesAnotherTokenGetsNoCallIfItIsAnother() throws IOException {
    server.client().holdTo(Optional::empty);
    call();

    goodToken = "second";
    serverName = "other.example";
    Files.writeString(file, "second");

    assertOther("other.example", "chat.example");
  }

  @Test
  void callsOfOthersAreNotHeldBack() {
    server.client().holdTo(() -> Optional.of("first.example"));

    assertThat(server.client().sendAs(ApiCall.get(USER), "first").isOk()).isTrue();
  }

  private void assertOther(String name, String expected) {
    assertThatThrownBy(this::call)
        .isInstanceOf(HomeserverUnavailableException.class)
        .hasMessage(
            "the homeserver "
                + name
                + " answers at the address of "
                + expected
                + ", whose users and rooms the jobs are about");
  }

  private Answer call() {
    return server.client().send(ApiCall.get(USER), token);
  }
}
