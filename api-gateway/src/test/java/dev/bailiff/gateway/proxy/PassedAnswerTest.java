package dev.bailiff.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of the homeserver arrive at the client as they were sent. */
class PassedAnswerTest {
  @RegisterExtension static final PassingServers SERVERS = new PassingServers();

  private final ScriptedHomeserver homeserver = SERVERS.homeserver();
  private final PassingGateway gateway = SERVERS.gateway();

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 299, 401, 404, 405, 418, 429, 500, 502, 599})
  void statusIsTheHomeservers(int status) throws IOException {
    homeserver.answers("HTTP/1.1 " + status + " Odd Words\r\nContent-Length: 3\r\n\r\nabc");

    var answer = get();

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo("abc");
  }

  @Test
  void headersAreTheHomeserversAlone() throws IOException {
    homeserver.answers(
        "HTTP/1.1 200 OK\r\n"
            + "Server: Synapse/1.163.2\r\n"
            + "Date: Mon, 01 Jan 2024 00:00:00 GMT\r\n"
            + "Content-Type: application/json\r\n"
            + "X-Odd: a,\"b\"\r\n"
            + "Set-Cookie: a=b\r\n"
            + "Set-Cookie: c=d\r\n"
            + "Cache-Control: public\r\n"
            + "Content-Length: 2\r\n\r\n"
            + "{}");

    var head = get().head();

    assertThat(Wire.names(head))
        .containsExactlyInAnyOrder(
            "server",
            "date",
            "content-type",
            "x-odd",
            "set-cookie",
            "set-cookie",
            "cache-control",
            "content-length");
    assertThat(Wire.values(head, "date")).containsExactly("Mon, 01 Jan 2024 00:00:00 GMT");
    assertThat(Wire.values(head, "set-cookie")).containsExactly("a=b", "c=d");
    assertThat(Wire.values(head, "x-odd")).containsExactly("a,\"b\"");
  }

  @Test
  void headersOfOneConnectionAreNotPassed() throws IOException {
    homeserver.answers(
        "HTTP/1.1 200 OK\r\n"
            + "Connection: keep-alive, X-Mine\r\n"
            + "X-Mine: 1\r\n"
            + "Keep-Alive: timeout=5\r\n"
            + "X-Kept: 2\r\n"
            + "Trailer: T\r\n"
            + "Proxy-Authenticate: Basic\r\n"
            + "Content-Length: 0\r\n\r\n");

    assertThat(Wire.names(get().head())).containsOnly("date", "x-kept", "content-length");
  }

  @Test
  void redirectIsNotFollowed() throws IOException {
    homeserver.answers(
        "HTTP/1.1 307 Temporary Redirect\r\n"
            + "Location: /_matrix/y?a=%2F\r\n"
            + "Content-Length: 0\r\n\r\n");

    var answer = get();

    assertThat(answer.status()).isEqualTo(307);
    assertThat(Wire.values(answer.head(), "location")).containsExactly("/_matrix/y?a=%2F");
    assertThat(homeserver.heads()).hasSize(1);
  }

  @Test
  void refusalOfATokenIsNotActedOn() throws IOException {
    homeserver.answers(
        "HTTP/1.1 401 Unauthorized\r\n"
            + "WWW-Authenticate: Basic realm=\"x\"\r\n"
            + "Content-Length: 2\r\n\r\n"
            + "{}");

    var answer = get();

    assertThat(answer.status()).isEqualTo(401);
    assertThat(Wire.values(answer.head(), "www-authenticate")).containsExactly("Basic realm=\"x\"");
  }

  @Test
  void compressedBodyIsNotTouched() throws IOException {
    homeserver.answers(
        "HTTP/1.1 200 OK\r\n"
            + "Content-Encoding: gzip\r\n"
            + "Vary: Accept-Encoding\r\n"
            + "Content-Length: 8\r\n\r\n"
            + "no gzip!");

    try (var client = gateway.client()) {
      var answer = client.request("GET", "/_matrix/x", "Accept-Encoding: gzip").answer();

      assertThat(answer.text()).isEqualTo("no gzip!");
      assertThat(Wire.values(answer.head(), "content-encoding")).containsExactly("gzip");
      assertThat(Wire.values(answer.head(), "content-length")).containsExactly("8");
    }
  }

  @Test
  void longBodyIsNotCompressed() throws IOException {
    var body = "x".repeat(10_000);
    homeserver.answers(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10000\r\n\r\n" + body);

    try (var client = gateway.client()) {
      var answer = client.request("GET", "/_matrix/x", "Accept-Encoding: gzip").answer();

      assertThat(answer.text()).isEqualTo(body);
      assertThat(Wire.names(answer.head())).doesNotContain("content-encoding", "vary");
    }
  }

  @Test
  void bodyInChunksIsPassedInChunks() throws IOException {
    homeserver.answers(
        "HTTP/1.1 200 OK\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "3\r\n"
            + "abc\r\n"
            + "2\r\n"
            + "de\r\n"
            + "0\r\n"
            + "T: 1\r\n\r\n");

    var answer = get();

    assertThat(answer.text()).isEqualTo("abcde");
    assertThat(Wire.values(answer.head(), "transfer-encoding")).containsExactly("chunked");
  }

  @Test
  void bodyThatEndsWithTheConnectionIsPassed() throws IOException {
    homeserver.on(
        call -> {
          call.answer("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end");
          call.socket().close();
        });

    assertThat(get().text()).isEqualTo("to the end");
  }

  @Test
  void answerToHeadHasALengthAndNoBody() throws IOException {
    homeserver.answers("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");

    try (var client = gateway.client()) {
      var answer = client.request("HEAD", "/_matrix/x").answerWithoutBody();

      assertThat(answer.status()).isEqualTo(200);
      assertThat(Wire.values(answer.head(), "content-length")).containsExactly("1234");
      // The connection goes on where the head ended.
      assertThat(client.request("HEAD", "/_matrix/x").answerWithoutBody().status()).isEqualTo(200);
    }
    assertThat(homeserver.lastHead()).startsWith("HEAD /_matrix/x ");
  }

  @Test
  void answerToHeadWithoutALengthGetsNone() throws IOException {
    homeserver.answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");

    try (var client = gateway.client()) {
      for (int i = 0; i < 2; i++) {
        var answer = client.request("HEAD", "/_matrix/x").answerWithoutBody();

        assertThat(Wire.names(answer.head())).containsOnly("date", "transfer-encoding");
      }
    }
  }

  @Test
  void answerToHeadWithoutAnythingAboutItsBodyGetsNoLength() throws IOException {
    homeserver.answers("HTTP/1.1 200 OK\r\n\r\n");

    try (var client = gateway.client()) {
      for (int i = 0; i < 2; i++) {
        var answer = client.request("HEAD", "/_matrix/x").answerWithoutBody();

        assertThat(Wire.names(answer.head())).containsOnly("date", "transfer-encoding");
      }
    }
  }

  @Test
  void lengthOfAnAnswerThatHasNoBodyIsKept() throws IOException {
    homeserver.answers("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nX-A: b\r\n\r\n");

    try (var client = gateway.client()) {
      for (int i = 0; i < 2; i++) {
        var answer = client.request("OPTIONS", "/_matrix/x").answerWithoutBody();

        assertThat(answer.status()).isEqualTo(204);
        assertThat(Wire.values(answer.head(), "content-length")).containsExactly("0");
        assertThat(Wire.names(answer.head())).containsOnly("date", "x-a", "content-length");
      }
    }
  }

  @Test
  void emptyBodyInChunksIsPassed() throws IOException {
    homeserver.answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");

    assertThat(get().text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "204 No Content\r\n",
        "304 Not Modified\r\nETag: \"x\"\r\n",
        "304 Not Modified\r\nContent-Length: 7\r\n"
      })
  void answerWithoutBodyIsPassed(String rest) throws IOException {
    homeserver.answers("HTTP/1.1 " + rest + "\r\n");

    try (var client = gateway.client()) {
      for (int i = 0; i < 2; i++) {
        var answer = client.request("GET", "/_matrix/x").answerWithoutBody();
        assertThat(rest).startsWith(answer.status() + " ");
      }
    }
  }

  @Test
  void answerIsPassedWhileTheBodyStillComes() throws IOException {
    homeserver.on(
        call -> {
          call.answer("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}");
          call.body();
        });

    try (var client = gateway.client()) {
      client.send("POST /_matrix/x HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc");

      assertThat(client.answer().status()).isEqualTo(413);
      homeserver.answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      assertThat(client.send("def").request("GET", "/_matrix/y").answer().status()).isEqualTo(200);
    }
  }

  private RawClient.Answer get() throws IOException {
    try (var client = gateway.client()) {
      return client.request("GET", "/_matrix/x").answer();
    }
  }
}
