package dev.bailiff.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dropwizard.util.Duration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client sees when the homeserver fails, and the homeserver when a client is gone. */
class PassThroughFaultTest {
  private static final java.time.Duration PATIENCE = java.time.Duration.ofSeconds(60);

  private final ScriptedHomeserver homeserver = ScriptedHomeserver.start();
  private PassingGateway gateway;

  @AfterEach
  void stop() throws IOException {
    homeserver.close();
    gateway.close();
  }

  @Test
  void homeserverThatIsAwayIsABadGateway() throws IOException {
    gateway = PassingGateway.to(nobody()).start();

    try (var client = gateway.client()) {
      for (int i = 0; i < 2; i++) {
        assertAway(client.request("GET", "/_matrix/x").answer());
        assertAway(
            client
                .send("PUT /_matrix/x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
                .answer());
      }
    }
  }

  @Test
  void homeserverThatIsAwayIsABadGatewayBeforeTheBodyIsThere() throws IOException {
    gateway = PassingGateway.to(nobody()).start();

    try (var client = gateway.client()) {
      assertAway(
          client.send("PUT /_matrix/x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na").answer());
    }
  }

  @Test
  void silentHomeserverIsAGatewayTimeout() throws IOException {
    gateway = PassingGateway.to(homeserver.url(), Duration.milliseconds(300)).start();
    homeserver.on(call -> call.wire().read());

    try (var client = gateway.client()) {
      var answer = client.request("GET", "/_matrix/x").answer();

      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.text())
          .isEqualTo(
              "{\"errcode\":\"M_UNKNOWN\",\"error\":\"The homeserver did not answer in time\"}");
      assertThat(Wire.values(answer.head(), "access-control-allow-origin")).containsExactly("*");
    }
    assertThat(homeserver.heads()).as("it is not asked again").hasSize(1);
  }

  @Test
  void silenceWithinTheLimitIsNone() throws IOException {
    // The connector closes idle connections of clients much earlier than an answer may take.
    gateway =
        PassingGateway.to(homeserver.url()).withIdleTimeout(Duration.milliseconds(100)).start();
    homeserver.on(
        call -> {
          // Each of these connections is idle for as long as the connector allows.
          awaitEnd("");
          awaitEnd("");
          call.answer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate");
        });

    try (var client = gateway.client()) {
      assertThat(client.request("GET", "/_matrix/x").answer().text()).isEqualTo("late");
    }
  }

  @Test
  void answerThatNeverBeginsIsABadGateway() throws IOException {
    gateway = PassingGateway.to(homeserver.url()).start();
    homeserver.on(call -> call.socket().close());

    try (var client = gateway.client()) {
      var answer = client.request("POST", "/_matrix/x", "Content-Length: 0").answer();

      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.text()).contains("M_UNKNOWN");
    }
    assertThat(homeserver.heads()).as("it is not asked again").hasSize(1);
  }

  @Test
  void answerThatIsNoHttpIsABadGateway() throws IOException {
    gateway = PassingGateway.to(homeserver.url()).start();
    homeserver.answers("220 mail.example ESMTP\r\n\r\n");

    try (var client = gateway.client()) {
      assertThat(client.request("GET", "/_matrix/x").answer().status()).isEqualTo(502);
    }
  }

  @Test
  void bodyWithALengthThatBreaksOffBreaksTheConnection() throws IOException {
    assertCut("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabcde");
  }

  @Test
  void bodyInChunksThatBreaksOffBreaksTheConnection() throws IOException {
    assertCut("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n");
  }

  @Test
  void bodyThatEndsWithTheConnectionIsWhole() throws IOException {
    gateway = PassingGateway.to(homeserver.url()).start();
    homeserver.on(
        call -> {
          call.answer("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end");
          call.socket().close();
        });

    try (var client = gateway.client()) {
      assertThat(client.request("GET", "/_matrix/x", "Connection: close").answer().text())
          .isEqualTo("to the end");
    }
  }

  @Test
  void clientThatEndsALongPollEndsItAtTheHomeserver() throws IOException {
    gateway = PassingGateway.to(homeserver.url()).start();
    var asked = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    homeserver.on(
        call -> {
          asked.countDown();
          ended.set(call.wire().read() < 0);
        });

    try (var client = gateway.client()) {
      client.request("GET", "/_matrix/client/v3/sync?timeout=30000");
      awaitDown(asked);
    }

    await().atMost(PATIENCE).untilTrue(ended);
  }

  @Test
  void clientThatIsGoneAfterItsBodyEndsTheCallAtTheHomeserver() throws IOException {
    gateway = PassingGateway.to(homeserver.url()).start();
    var asked = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    homeserver.on(
        call -> {
          call.body();
          asked.countDown();
          ended.set(call.wire().read() < 0);
        });

    try (var client = gateway.client()) {
      client.send("PUT /_matrix/x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
      awaitDown(asked);
    }

    await().atMost(PATIENCE).untilTrue(ended);
  }

  @Test
  void clientThatEndsInItsBodyEndsTheCallAtTheHomeserver() throws IOException {
    gateway = PassingGateway.to(homeserver.url()).start();
    var asked = new CountDownLatch(1);
    var cut = new AtomicBoolean();
    homeserver.on(
        call -> {
          asked.countDown();
          try {
            call.body();
          } catch (IOException e) {
            cut.set(true);
          }
        });

    try (var client = gateway.client()) {
      client.send("PUT /_matrix/x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabcde");
      awaitDown(asked);
    }

    await().atMost(PATIENCE).untilTrue(cut);
  }

  @Test
  void clientThatStopsInItsBodyIsToldSo() throws IOException {
    gateway =
        PassingGateway.to(homeserver.url()).withIdleTimeout(Duration.milliseconds(300)).start();
    homeserver.on(ScriptedHomeserver.Call::body);

    try (var client = gateway.client()) {
      client.send("PUT /_matrix/x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabcde");

      assertThat(client.answer().status()).isEqualTo(408);
    }
  }

  @Test
  void nextRequestSentDuringALongPollIsAnswered() throws IOException {
    gateway = PassingGateway.to(homeserver.url()).start();
    var lookedAt = new CountDownLatch(1);
    homeserver.on(
        call -> {
          if (call.head().startsWith("GET /_matrix/gone")) {
            assertThat(call.wire().read()).isNegative();
            lookedAt.countDown();
          } else if (call.head().startsWith("GET /_matrix/slow")) {
            awaitDown(lookedAt);
          }
          call.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });

    try (var client = gateway.client()) {
      client.request("GET", "/_matrix/slow");
      await().until(() -> homeserver.heads().size() == 1);
      client.request("GET", "/_matrix/next");
      // The end of this one shows that the connections were looked at.
      try (var gone = gateway.client()) {
        gone.request("GET", "/_matrix/gone");
        await().until(() -> homeserver.heads().size() == 2);
      }

      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.request("GET", "/_matrix/last").answer().status()).isEqualTo(200);
    }
    assertThat(homeserver.heads())
        .extracting(head -> head.split(" ")[1])
        .containsExactly("/_matrix/slow", "/_matrix/gone", "/_matrix/next", "/_matrix/last");
  }

  @Test
  void bodiesMayTakeLongerThanOtherClients() throws IOException {
    gateway =
        PassingGateway.to(homeserver.url())
            .withSlowClients(java.time.Duration.ofMillis(200), java.time.Duration.ofMillis(200))
            .start();
    homeserver.on(
        call -> {
          call.body();
          call.answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
          for (int i = 0; i < 5; i++) {
            awaitEnd("G");
            call.answer("xx");
          }
        });

    try (var client = gateway.client()) {
      client.send("PUT /_matrix/x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n");
      for (int i = 0; i < 5; i++) {
        awaitEnd("G");
        client.send("yy");
      }

      assertThat(client.answer().text()).isEqualTo("xxxxxxxxxx");
    }
  }

  @Test
  void stopWaitsForAnAnswerThatIsAlmostThere() throws Exception {
    gateway = PassingGateway.to(homeserver.url()).start();
    var asked = new CountDownLatch(1);
    var stopping = new CountDownLatch(1);
    homeserver.on(
        call -> {
          asked.countDown();
          awaitDown(stopping);
          call.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });

    try (var client = gateway.client()) {
      client.request("GET", "/_matrix/x");
      awaitDown(asked);
      int port = gateway.port();
      var stopped = CompletableFuture.runAsync(gateway::close);
      // The connector closes first.
      await().atMost(PATIENCE).until(() -> isClosed(port));
      stopping.countDown();

      assertThat(client.answer().text()).isEqualTo("ok");
      stopped.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void stopEndsALongPoll() throws Exception {
    gateway = PassingGateway.to(homeserver.url()).start();
    var asked = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    homeserver.on(
        call -> {
          asked.countDown();
          ended.set(call.wire().read() < 0);
        });

    try (var client = gateway.client()) {
      client.request("GET", "/_matrix/x");
      awaitDown(asked);
      gateway.close();

      var answer = client.answer();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.text()).contains("The server is stopping or overloaded");
    }
    await().atMost(PATIENCE).untilTrue(ended);
  }

  /** Waits until the gateway has ended a connection that does not go on behind this begin. */
  private void awaitEnd(String begin) throws IOException {
    try (var idle = gateway.client()) {
      idle.send(begin);
      while (idle.wire().read() >= 0) {
        // an answer may come first
      }
    } catch (SocketException e) {
      // ended by a reset
    }
  }

  private void assertCut(String answer) throws IOException {
    gateway = PassingGateway.to(homeserver.url()).start();
    var received = new CountDownLatch(1);
    homeserver.on(
        call -> {
          call.answer(answer);
          awaitDown(received);
          call.socket().close();
        });

    try (var client = gateway.client()) {
      var head = client.request("GET", "/_matrix/x", "Connection: close").wire().head();
      assertThat(head).startsWith("HTTP/1.1 200 ");
      received.countDown();

      assertThatThrownBy(() -> client.wire().body(head)).isInstanceOf(IOException.class);
    }
  }

  private static void assertAway(RawClient.Answer answer) {
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text())
        .isEqualTo("{\"errcode\":\"M_UNKNOWN\",\"error\":\"The homeserver cannot be reached\"}");
    assertThat(Wire.values(answer.head(), "access-control-allow-origin")).containsExactly("*");
    assertThat(Wire.values(answer.head(), "content-type")).containsExactly("application/json");
  }

  /** An address at which nobody listens. */
  private static URI nobody() throws IOException {
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + closed.getLocalPort());
    }
  }

  private static boolean isClosed(int port) {
    try (var client = new RawClient(port)) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void awaitDown(CountDownLatch latch) {
    await().atMost(PATIENCE).until(() -> latch.getCount() == 0);
  }
}
