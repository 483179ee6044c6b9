package dev.bailiff.gateway.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.gateway.Client;
import dev.bailiff.gateway.RunningGateway;
import dev.bailiff.gateway.auth.Passwords;
import io.dropwizard.testing.ConfigOverride;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The cost of logins, for which nobody needs a token, and the facts that they could reveal. Each
 * test has addresses of its own.
 */
class LoginAbuseIT {
  private static final int BURST = 3;

  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(
          ConfigOverride.config("limits.loginBurst", Integer.toString(BURST)),
          ConfigOverride.config("limits.loginInterval", "1h"),
          ConfigOverride.config("limits.body", "1MiB"),
          ConfigOverride.config("limits.bodyTime", "10m"));

  private static final String LOGIN = "/_matrix/client/v3/login";
  private static final String ANN = "\"user\": \"ann\"";
  private static final String ANNS_ADDRESS =
      "\"medium\": \"email\", \"address\": \"Ann@Mail.example\"";
  private static final String NOBODYS_ADDRESS =
      "\"medium\": \"email\", \"address\": \"nobody@mail.example\"";

  @BeforeAll
  static void addUsers() {
    gateway
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  "insert into homeserver.threepid values ('email', 'ann@mail.example', '@ann:chat.example', 1, 1)");
              handle.execute(
                  "insert into homeserver.account (user_id, password_hash, created_at) values (?, ?, 1)",
                  "@" + "l".repeat(300) + ":chat.example",
                  Passwords.hash("secret"));
            });
  }

  @Test
  void limitOfAnAddressTellsNothingOfWhomItBelongsTo() {
    for (var named : new String[] {ANNS_ADDRESS, NOBODYS_ADDRESS}) {
      for (int i = 0; i < BURST; i++) {
        assertThat(login("127.0.1." + i, named)).isEqualTo("403 M_FORBIDDEN");
      }
      assertThat(login("127.0.1.9", named)).isEqualTo("429 M_LIMIT_EXCEEDED");
    }

    assertThat(login("127.0.1.8", ANN)).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void nameIsTheSameInEachOfItsForms() {
    login("127.0.2.1", "\"user\": \"zoe\"");
    login("127.0.2.2", "\"user\": \"@ZOE:chat.example\"");
    login("127.0.2.3", "\"identifier\": {\"type\": \"m.id.user\", \"user\": \"Zoe\"}");

    assertThat(login("127.0.2.4", "\"user\": \"@zoe:chat.example\""))
        .isEqualTo("429 M_LIMIT_EXCEEDED");
  }

  @Test
  void nameThatIsLongerThanAnIdIsUnknown() {
    assertThat(login("127.0.3.1", "\"user\": \"" + "l".repeat(300) + "\""))
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void loginsThatComeTooOftenAreRefusedBeforeTheirBodyIsRead() {
    var client = gateway.nobody().from("127.0.4.1");
    for (int i = 0; i < BURST; i++) {
      assertThat(client.post(LOGIN, "{").outcome()).isEqualTo("400 M_NOT_JSON");
    }

    assertThat(client.post(LOGIN, "{").outcome()).isEqualTo("429 M_LIMIT_EXCEEDED");
  }

  @Test
  void bodyOfALoginIsSmall() {
    var client = gateway.nobody().from("127.0.5.1");
    var padding = "x".repeat(64 * 1024);

    assertThat(client.post(LOGIN, "{\"x\": \"" + padding + "\"}").outcome())
        .isEqualTo("413 M_TOO_LARGE");
  }

  @Test
  void bodyOfALoginThatComesByteByByteIsTakingTooLong() throws IOException {
    try (var socket = new Socket("127.0.0.1", gateway.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST " + LOGIN + " HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));

      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> {
                socket.getOutputStream().write('x');
                return socket.getInputStream().available() > 0;
              });
      var reply = new byte[12];
      assertThat(socket.getInputStream().readNBytes(reply, 0, reply.length)).isEqualTo(12);
      assertThat(new String(reply, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 408");
    }
  }

  private static String login(String address, String named) {
    Client client = gateway.nobody().from(address);
    return client
        .post(
            LOGIN,
            "{\"type\": \"m.login.password\", \"password\": \"secret\", %s}".formatted(named))
        .outcome();
  }
}
