package dev.bailiff.gateway.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.RunningGateway;
import io.dropwizard.testing.ConfigOverride;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An address that holds as many worker threads as it may keeps nobody else out. */
class ThreadsPerAddressIT {
  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(
          ConfigOverride.config("limits.threadsPerAddress", "2"),
          ConfigOverride.config("limits.bodyTime", "10m"),
          ConfigOverride.config("server.applicationConnectors[0].idleTimeout", "10m"),
          // The server believes the header, so the limit counts by it too.
          ConfigOverride.config("server.applicationConnectors[0].useForwardedHeaders", "true"));

  private static final String BLOCK = "/_synapse/admin/v1/rooms/!r:chat.example/block";
  private static final String BODY = "{\"block\": false}";
  private static final int LATER_CALLS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void thirdCallOfAnAddressWaitsAndThoseOfOthersDoNot() throws IOException {
    try (var first = slowBody("127.0.1.1", "");
        var second = slowBody("127.0.1.1", "")) {
      var third =
          CompletableFuture.supplyAsync(
              () -> gateway.admin().from("127.0.1.1").get(BLOCK).outcome());

      for (int i = 0; i < LATER_CALLS; i++) {
        assertThat(gateway.admin().from("127.0.1.2").get(BLOCK).outcome()).isEqualTo("200");
      }
      assertThat(third).isNotDone();

      finish(first);
      assertThat(third).succeedsWithin(PATIENCE).isEqualTo("200");
      finish(second);
    }
  }

  @Test
  void behindAProxyTheAddressIsThatOfTheClient() throws IOException {
    try (var first = slowBody("127.0.2.1", "X-Forwarded-For: 2001:db8::1\r\n");
        var second = slowBody("127.0.2.1", "X-Forwarded-For: 2001:db8::2\r\n")) {
      var proxied = gateway.admin().from("127.0.2.1");
      var third =
          CompletableFuture.supplyAsync(
              () -> proxied.with("X-Forwarded-For: 2001:db8::3").get(BLOCK).outcome());

      for (int i = 0; i < LATER_CALLS; i++) {
        assertThat(proxied.with("X-Forwarded-For: 2001:db8:1::1").get(BLOCK).outcome())
            .isEqualTo("200");
      }
      assertThat(third).isNotDone();

      finish(first);
      assertThat(third).succeedsWithin(PATIENCE).isEqualTo("200");
      finish(second);
    }
  }

  @Test
  void readingAReplySlowlyHoldsAThreadAsWell() throws IOException {
    gateway.jdbi().useHandle(handle -> handle.createScript(SlowClientIT.LARGE_STATE).execute());
    try (var first = slowReader("127.0.3.1");
        var second = slowReader("127.0.3.1")) {
      var third =
          CompletableFuture.supplyAsync(
              () -> gateway.admin().from("127.0.3.1").get(BLOCK).outcome());

      for (int i = 0; i < LATER_CALLS; i++) {
        assertThat(gateway.admin().from("127.0.3.2").get(BLOCK).outcome()).isEqualTo("200");
      }
      assertThat(third).isNotDone();

      first.close();
      assertThat(third).succeedsWithin(PATIENCE).isEqualTo("200");
      assertThat(second.isClosed()).isFalse();
    }
  }

  /** Holds a thread when this returns: the server asks for the body only when a thread reads it. */
  private static Socket slowBody(String address, String header) throws IOException {
    var socket = connect(address);
    socket
        .getOutputStream()
        .write(
            ("PUT %s?access_token=admin-token HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                    + "Content-Length: %d\r\n%s\r\n")
                .formatted(BLOCK, BODY.length(), header)
                .getBytes(StandardCharsets.UTF_8));
    assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
        .isEqualTo("HTTP/1.1 100");
    return socket;
  }

  private static void finish(Socket socket) throws IOException {
    socket.getOutputStream().write(BODY.getBytes(StandardCharsets.UTF_8));
  }

  /** Holds a thread when this returns: a reply this large is sent only as it is read. */
  private static Socket slowReader(String address) throws IOException {
    var socket = connect(address);
    socket
        .getOutputStream()
        .write(
            "GET /_synapse/admin/v1/rooms/!large:chat.example/state?access_token=admin-token HTTP/1.1\r\nHost: a\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }

  private static Socket connect(String address) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4 * 1024);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.bind(new InetSocketAddress(address, 0));
    socket.connect(new InetSocketAddress("127.0.0.1", gateway.port()));
    return socket;
  }
}
