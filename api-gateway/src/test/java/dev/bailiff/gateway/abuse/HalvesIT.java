package dev.bailiff.gateway.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Reply;
import dev.bailiff.gateway.RunningGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that was cut on its way is not taken for a whole one. */
class HalvesIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String BLOCK = "/_synapse/admin/v1/rooms/!r:chat.example/block";
  private static final String BODY = "{\"block\": false}";
  private static final int TRAILER = 8;

  @Test
  void wholeGzipIsRead() throws IOException {
    assertThat(zipped(gzip(BODY)).outcome()).isEqualTo("200");
  }

  @Test
  void everyMemberOfAGzipIsRead() throws IOException {
    var both = new ByteArrayOutputStream();
    both.writeBytes(gzip("{\"block\":"));
    both.writeBytes(gzip(" false}"));

    assertThat(zipped(both.toByteArray()).outcome()).isEqualTo("200");
    assertThat(zipped(gzip("{\"block\":")).outcome()).isEqualTo("400 M_NOT_JSON");
  }

  @Test
  void gzipCutAnywhereIsRefused() throws IOException {
    var whole = gzip(BODY);

    for (int length = 1; length < whole.length; length++) {
      assertThat(zipped(Arrays.copyOf(whole, length)).outcome())
          .as("the first %d of %d bytes", length, whole.length)
          .isEqualTo("400 M_NOT_JSON");
    }
  }

  @Test
  void gzipWithAWrongChecksumOrLengthIsRefused() throws IOException {
    for (int back = 1; back <= TRAILER; back++) {
      var wrong = gzip(BODY);
      wrong[wrong.length - back] ^= 1;

      assertThat(zipped(wrong).outcome()).isEqualTo("400 M_NOT_JSON");
    }
  }

  @Test
  void gzipWithMoreBehindItIsRefused() throws IOException {
    var whole = gzip(BODY);
    var more = Arrays.copyOf(whole, whole.length + 3);

    assertThat(zipped(more).outcome()).isEqualTo("400 M_NOT_JSON");
  }

  @Test
  void emptyBodyIsEmptyWhateverItsCoding() {
    assertThat(zipped(new byte[0]).outcome()).isEqualTo("400 M_NOT_JSON");
    assertThat(
            gateway
                .admin()
                .with("Content-Encoding: gzip")
                .sendBytes("POST", "/_synapse/admin/v1/users/@ann:chat.example/shadow_ban", null)
                .outcome())
        .isEqualTo("200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_synapse/admin/v2/users/@ann:chat.example#",
        "/_synapse/admin/v2/users/@ann:chat.example#bob:chat.example",
        "/_synapse/admin/v2/users?name=a#&deactivated=true",
        "/_synapse/admin/v1/rooms/#alias:chat.example",
        "#"
      })
  void rawHashInTheRequestLineIsRefused(String target) {
    var reply = raw(target);

    assertThat(reply.outcome()).isEqualTo("400 M_UNKNOWN");
    assertThat(reply.headers()).containsEntry("Content-Type", "application/json");
    assertThat(reply.headers()).containsEntry("Access-Control-Allow-Origin", "*");
  }

  @Test
  void hashThatIsEncodedIsAnOrdinaryCharacter() {
    assertThat(raw("/_synapse/admin/v2/users/@ann%23:chat.example").outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"block\": false} {}", "{\"block\": false", "{\"block\": false}]", "{} x"})
  void jsonThatEndsTooEarlyOrTooLateIsRefused(String body) {
    assertThat(gateway.admin().put(BLOCK, body).outcome()).isEqualTo("400 M_NOT_JSON");
  }

  /** The bytes that arrived look whole, but more bytes were announced. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 40\r\n\r\n{\"block\": true}",
        "Transfer-Encoding: chunked\r\n\r\nf\r\n{\"block\": true}\r\n",
        "Transfer-Encoding: chunked\r\n\r\n1f\r\n{\"block\": true}"
      })
  void bodyOfAConnectionThatIsClosedHalfwayChangesNothing(String rest) throws IOException {
    var room = "/_synapse/admin/v1/rooms/!half:chat.example/block";
    try (var socket = new Socket("127.0.0.1", gateway.port())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              ("PUT "
                      + room
                      + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer admin-token\r\n"
                      + rest)
                  .getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();

      var reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(reply).doesNotContain("HTTP/1.1 200");
    }
    assertThat(gateway.admin().get(room).json().path("block").asBoolean()).isFalse();
  }

  private static Reply zipped(byte[] body) {
    return gateway.admin().with("Content-Encoding: gzip").sendBytes("PUT", BLOCK, body);
  }

  private static Reply raw(String target) {
    return gateway
        .nobody()
        .exchange(
            ("GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    + "Authorization: Bearer admin-token\r\n\r\n")
                .formatted(target),
            new byte[0]);
  }

  private static byte[] gzip(String text) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }
}
