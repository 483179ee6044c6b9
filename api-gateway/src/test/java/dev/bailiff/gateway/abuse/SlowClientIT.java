package dev.bailiff.gateway.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.gateway.Client;
import dev.bailiff.gateway.RunningGateway;
import io.dropwizard.testing.ConfigOverride;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that do a little now and then, and so are never idle, are ended all the same. */
class SlowClientIT {
  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(
          ConfigOverride.config("limits.headTime", "500ms"),
          ConfigOverride.config("limits.bodyTime", "500ms"),
          ConfigOverride.config("limits.replyTime", "500ms"),
          ConfigOverride.config("server.applicationConnectors[0].idleTimeout", "5s"));

  private static final String BLOCK = "/_synapse/admin/v1/rooms/!r:chat.example/block";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);

  @Test
  void headThatComesByteByByteEndsTheConnection() throws IOException {
    try (var socket = connect()) {
      socket
          .getOutputStream()
          .write("GET /health/live HTTP/1.1\r\nX: ".getBytes(StandardCharsets.UTF_8));

      await()
          .atMost(PATIENCE)
          .pollInterval(PAUSE)
          .until(() -> !canWrite(socket) || socket.getInputStream().available() > 0);
    }
    awaitEnded("head");
  }

  @Test
  void secondHeadOfAConnectionHasNoMoreTimeThanTheFirst() throws IOException {
    try (var socket = connect()) {
      socket
          .getOutputStream()
          .write(
              "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\nGET /".getBytes(StandardCharsets.UTF_8));
      // The first reply is on its way.
      assertThat(socket.getInputStream().read()).isEqualTo('H');

      await().atMost(PATIENCE).pollInterval(PAUSE).until(() -> !canWrite(socket));
    }
  }

  @Test
  void connectionThatWaitsForItsNextRequestIsLeftAlone() throws IOException {
    try (var idle = connect();
        var slow = connect()) {
      idle.getOutputStream()
          .write("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(idle.getInputStream().read()).isEqualTo('H');
      slow.getOutputStream().write('G');
      await().atMost(PATIENCE).pollInterval(PAUSE).until(() -> !canWrite(slow));

      // The connection was idle for longer than a head may take.
      idle.getOutputStream()
          .write(
              "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(new String(idle.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("HTTP/1.1 200");
    }
  }

  @Test
  void bodyThatComesByteByByteIsTakingTooLong() throws IOException {
    try (var socket = connect()) {
      socket.getOutputStream().write(head("Content-Length: 60000"));

      await()
          .atMost(PATIENCE)
          .pollInterval(PAUSE)
          .until(() -> !canWrite(socket) || socket.getInputStream().available() > 0);
      assertTakenTooLong(socket);
    }
  }

  @Test
  void bodyThatEndsTooSoonHoldsNobodyUp() throws IOException {
    try (var socket = connect()) {
      socket.getOutputStream().write(head("Content-Length: 60000"));
      socket.getOutputStream().write('{');
      socket.shutdownOutput();

      var reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(reply)
          .satisfiesAnyOf(
              text -> assertThat(text).isEmpty(),
              text -> assertThat(text).contains("HTTP/1.1 400"));
    }
  }

  @Test
  void replyThatIsReadByteByByteEndsTheConnection() throws IOException {
    var room = "!large:chat.example";
    gateway.jdbi().useHandle(handle -> handle.createScript(LARGE_STATE).execute());
    try (var socket = new Socket()) {
      socket.setReceiveBufferSize(4 * 1024);
      socket.connect(new InetSocketAddress("127.0.0.1", gateway.port()));
      socket
          .getOutputStream()
          .write(
              ("GET /_synapse/admin/v1/rooms/"
                      + room
                      + "/state?access_token=admin-token HTTP/1.1\r\nHost: a\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));

      await()
          .atMost(PATIENCE)
          .pollInterval(PAUSE)
          .until(
              () -> {
                readOne(socket);
                return ended("reply") > 0;
              });
    }
  }

  @Test
  void manyWhoStopWithinABodyKeepNobodyOutAndAreToldSo() throws IOException {
    var slow = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 50; i++) {
        var socket = connect();
        slow.add(socket);
        socket.getOutputStream().write(head("Content-Length: 60000"));
        socket.getOutputStream().write('{');
      }

      assertThat(gateway.admin().get(BLOCK).outcome()).isEqualTo("200");
      for (Socket socket : slow) {
        assertTakenTooLong(socket);
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** A room with 60 MB of state, more than the buffers of a connection take. */
  static final String LARGE_STATE =
      """
      insert into homeserver.room (room_id, room_version) values ('!large:chat.example', '10');
      insert into homeserver.event (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, state_key, content)
        select nextval('homeserver.event_stream_ordering'), n, n, '!large:chat.example', '$large' || n, 'odd', '@admin:chat.example',
               n::text, json_build_object('a', repeat('x', 20000))
        from generate_series(1, 3000) n;
      insert into homeserver.current_state
        select room_id, type, state_key, event_id from homeserver.event where room_id = '!large:chat.example';
      """;

  private static Socket connect() throws IOException {
    var socket = new Socket("127.0.0.1", gateway.port());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  private static byte[] head(String header) {
    return "PUT %s?access_token=admin-token HTTP/1.1\r\nHost: a\r\n%s\r\n\r\n"
        .formatted(BLOCK, header)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the server still takes a byte. */
  private static boolean canWrite(Socket socket) {
    try {
      socket.getOutputStream().write('x');
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void readOne(Socket socket) {
    try {
      assertThat(socket.getInputStream().read()).isBetween(-1, 255);
    } catch (IOException e) {
      // Closed by now, as the metric shows.
    }
  }

  private static void assertTakenTooLong(Socket socket) throws IOException {
    var reply = new byte[2_000];
    int length = 0;
    int got;
    while (length < reply.length
        && (got = socket.getInputStream().read(reply, length, reply.length - length)) > 0) {
      length += got;
      if (new String(reply, 0, length, StandardCharsets.UTF_8).endsWith("}")) {
        break;
      }
    }
    assertThat(new String(reply, 0, length, StandardCharsets.UTF_8))
        .startsWith("HTTP/1.1 408")
        .contains("application/json")
        .endsWith("{\"errcode\":\"M_UNKNOWN\",\"error\":\"The request took too long to arrive\"}");
  }

  private static void awaitEnded(String what) {
    await().atMost(PATIENCE).until(() -> ended(what) > 0);
  }

  /** The value of the metric. */
  private static double ended(String what) {
    return new Client(gateway.adminPort(), null)
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("bailiff_slow_clients_total{what=\"" + what + "\"}"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf('}') + 2)))
        .sum();
  }
}
