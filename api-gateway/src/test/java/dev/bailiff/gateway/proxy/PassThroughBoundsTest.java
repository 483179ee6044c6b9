package dev.bailiff.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dropwizard.util.Duration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one client, and all of them together, may have at work at a time. */
class PassThroughBoundsTest {
  private static final java.time.Duration PATIENCE = java.time.Duration.ofSeconds(60);
  private static final Duration LONG = Duration.minutes(10);

  private final ScriptedHomeserver homeserver = ScriptedHomeserver.start();
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final List<RawClient> clients = new ArrayList<>();
  private PassingGateway gateway;

  @AfterEach
  void stop() throws IOException {
    mayAnswer.countDown();
    for (RawClient client : clients) {
      client.close();
    }
    homeserver.close();
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void oneAddressHoldsNotAllConnections() throws IOException {
    start(8, LONG, 2);
    var first = ask("10.0.0.1");
    ask("10.0.0.1");
    await().atMost(PATIENCE).until(() -> homeserver.heads().size() == 2);

    var refused = ask("10.0.0.1").answer();

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.text())
        .isEqualTo(
            "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"error\":\"Too many calls at a time from this"
                + " address\",\"retry_after_ms\":1000}");
    assertThat(Wire.values(refused.head(), "retry-after")).containsExactly("1");
    var other = ask("10.0.0.2");
    await().atMost(PATIENCE).until(() -> homeserver.heads().size() == 3);

    mayAnswer.countDown();
    assertThat(first.answer().status()).isEqualTo(200);
    assertThat(other.answer().status()).isEqualTo(200);
  }

  @Test
  void callsThatHaveEndedDoNotCount() throws IOException {
    start(8, LONG, 1);
    mayAnswer.countDown();
    var client = ask("10.0.0.1");
    assertThat(client.answer().status()).isEqualTo(200);

    for (int i = 0; i < 3; i++) {
      // The next request may arrive before the last one is complete here.
      await().atMost(PATIENCE).until(() -> again(client) == 200);
    }
  }

  @Test
  void callThatWaitsForAConnectionIsToldToComeAgain() throws IOException {
    start(1, Duration.milliseconds(200), 8);
    ask("10.0.0.1");
    await().atMost(PATIENCE).until(() -> homeserver.heads().size() == 1);

    var refused = ask("10.0.0.2").answer();

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.text())
        .isEqualTo(
            "{\"errcode\":\"M_UNKNOWN\",\"error\":\"The server is stopping or"
                + " overloaded\",\"retry_after_ms\":1000}");
    assertThat(Wire.values(refused.head(), "retry-after")).containsExactly("1");
    assertThat(homeserver.heads()).as("it was not sent").hasSize(1);
  }

  @Test
  void waitForAConnectionEndsWithTheConnection() throws IOException {
    start(1, LONG, 8);
    ask("10.0.0.1");
    await().atMost(PATIENCE).until(() -> homeserver.heads().size() == 1);
    var second = ask("10.0.0.2");

    mayAnswer.countDown();

    assertThat(second.answer().status()).isEqualTo(200);
  }

  @Test
  void boundsAreAtLeastOne() {
    var usual = PassThroughConfig.DEFAULT;

    assertThatThrownBy(
            () -> new PassThroughConfig(usual.paths(), 1, usual.queue(), 0, usual.idle()))
        .hasMessage("callsPerClient must be 1 or more");
    assertThatThrownBy(
            () ->
                new PassThroughConfig(usual.paths(), 1, Duration.milliseconds(0), 1, usual.idle()))
        .hasMessage("queue must be more than 0");
  }

  private void start(int connections, Duration wait, int callsPerClient) {
    homeserver.on(
        call -> {
          await().atMost(PATIENCE).until(() -> mayAnswer.getCount() == 0);
          call.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
    var usual = PassThroughConfig.DEFAULT;
    gateway =
        PassingGateway.to(
                homeserver.url(),
                new PassThroughConfig(
                    usual.paths(), connections, wait, callsPerClient, usual.idle()))
            .behindProxy()
            .start();
  }

  /** A new connection with a request of this address. */
  private RawClient ask(String address) throws IOException {
    var client = gateway.client();
    clients.add(client);
    return client.request("GET", "/_matrix/x", "X-Forwarded-For: " + address);
  }

  private static int again(RawClient client) throws IOException {
    return client.request("GET", "/_matrix/x", "X-Forwarded-For: 10.0.0.1").answer().status();
  }
}
