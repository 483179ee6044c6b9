package dev.bailiff.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests arrive at the homeserver as they were sent. */
class PassedRequestTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

  @RegisterExtension static final PassingServers SERVERS = new PassingServers();

  private final ScriptedHomeserver homeserver = SERVERS.homeserver();
  private final PassingGateway gateway = SERVERS.gateway();

  @BeforeEach
  void answer() {
    homeserver.answers(OK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_matrix/client/versions",
        "/_synapse/admin/v1/rooms/!a%2Fb%3Achat.example",
        "/_synapse/admin/v1/rooms/!a|b^`\\\"<>:chat.example",
        "/_synapse/admin/v1/rooms/{id}[0]",
        "/_synapse//admin///v2/users//",
        "/_matrix/../_synapse/./admin/%2e%2e/x",
        "/_matrix/a;b=c;d/e;f",
        "/_matrix/x?",
        "/_matrix/x??a=?",
        "/_matrix/x?a=%zz&b=%",
        "/_matrix/x?a=b+c%20d&&=&a=b;c",
        "/_matrix/x?a={\"b\":[1|2]}",
        "/_matrix/%C3%A4%E2%82%AC",
        "/.well-known/matrix/client?x=/..//%2f",
        "/_matrix/x?y=%25%32%46",
        "/_matrix/'()*!$&,=@:~_-."
      })
  void pathAndQueryAreSentAsTheyCame(String target) throws IOException {
    assertThat(passed(target)).isEqualTo("GET " + target + " HTTP/1.1");
  }

  @Test
  void rawTextBeyondAsciiIsSentAsItCame() throws IOException {
    var target = Wire.text("/_matrix/ä%C3%A4/€/😀?ö=ü%zz".getBytes(StandardCharsets.UTF_8));

    assertThat(passed(target)).isEqualTo("GET " + target + " HTTP/1.1");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    try (var client = gateway.client()) {
      var answer = client.request("GET", "/_matrix/\u00e4/x").answer();

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("UTF-8");
    }
    assertThat(homeserver.heads()).isEmpty();
  }

  @Test
  void rawHashIsRefused() throws IOException {
    try (var client = gateway.client()) {
      assertThat(client.request("GET", "/_matrix/x#y").answer().status()).isEqualTo(400);
    }
    assertThat(homeserver.heads()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "DELETE", "PATCH", "OPTIONS", "BREW", "TRACE"})
  void methodIsSentAsItCame(String method) throws IOException {
    try (var client = gateway.client()) {
      client.request(method, "/_matrix/x").answer();
    }
    assertThat(homeserver.lastHead()).startsWith(method + " /_matrix/x HTTP/1.1\r\n");
  }

  @Test
  void headersOfOneConnectionAreNotPassed() throws IOException {
    try (var client = gateway.client()) {
      client
          .request(
              "GET",
              "/_matrix/x",
              "Connection: keep-alive, Upgrade,X-Mine, , hOsT",
              "connection: X-Other",
              "X-Mine: 1",
              "x-other: 2",
              "X-Kept: 3",
              "Keep-Alive: timeout=5",
              "TE: trailers",
              "Upgrade: h2c",
              "Proxy-Authorization: Basic eA==",
              "Proxy-Connection: keep-alive")
          .answer();
    }
    assertThat(Wire.names(homeserver.lastHead()))
        .containsExactly("host", "x-kept", "x-forwarded-for", "x-forwarded-proto");
    assertThat(Wire.values(homeserver.lastHead(), "host")).containsExactly("chat.example");
  }

  @Test
  void otherHeadersAreSentAsTheyCame() throws IOException {
    var value = Wire.text("\"a\", b;q=0.1, ä".getBytes(StandardCharsets.UTF_8));
    try (var client = gateway.client()) {
      client
          .request(
              "GET",
              "/_matrix/x",
              "Authorization: Bearer syt_x",
              "Accept-Encoding: br;q=0.1, gzip",
              "X-Odd: " + value,
              "Cookie: a=b",
              "Cookie: c=d",
              "X-Empty:",
              "Forwarded: for=1.2.3.4",
              "Via: 1.1 a",
              "User-Agent: x/1")
          .answer();
    }
    var head = homeserver.lastHead();
    assertThat(Wire.names(head))
        .containsExactly(
            "host",
            "authorization",
            "accept-encoding",
            "x-odd",
            "cookie",
            "cookie",
            "x-empty",
            "forwarded",
            "via",
            "user-agent",
            "x-forwarded-for",
            "x-forwarded-proto");
    assertThat(Wire.values(head, "x-odd")).containsExactly(value);
    assertThat(Wire.values(head, "cookie")).containsExactly("a=b", "c=d");
    assertThat(Wire.values(head, "via")).containsExactly("1.1 a");
  }

  @Test
  void longHeadIsPassed() throws IOException {
    var value = "x".repeat(7_000);
    try (var client = gateway.client()) {
      client.request("GET", "/_matrix/x", "X-Long: " + value).answer();
    }
    assertThat(Wire.values(homeserver.lastHead(), "x-long")).containsExactly(value);
  }

  @Test
  void headBeyondTheLimitIsRefused() throws IOException {
    try (var client = gateway.client()) {
      var answer = client.request("GET", "/_matrix/x", "X-Long: " + "x".repeat(9_000)).answer();

      assertThat(answer.status()).isEqualTo(431);
    }
    assertThat(homeserver.heads()).isEmpty();
  }

  @Test
  void addressOfThePeerReplacesWhatAClientSays() throws IOException {
    try (var client = gateway.client()) {
      client
          .request(
              "GET",
              "/_matrix/x",
              "X-Forwarded-For: 10.1.1.1",
              "X-Forwarded-For: 10.1.1.2",
              "X-Forwarded-Proto: https")
          .answer();
    }
    var head = homeserver.lastHead();
    assertThat(Wire.values(head, "x-forwarded-for")).containsExactly("127.0.0.1");
    assertThat(Wire.values(head, "x-forwarded-proto")).containsExactly("https");
  }

  @Test
  void addressOfAProxyFollowsWhatTheProxySays() throws IOException {
    try (var behindProxy = PassingGateway.to(homeserver.url()).behindProxy().start();
        var client = behindProxy.client()) {
      client
          .request(
              "GET",
              "/_matrix/x",
              "X-Forwarded-For: 10.1.1.1, 10.1.1.2",
              "Connection: X-Forwarded-For",
              "X-Forwarded-For: 2001:db8::1")
          .answer();
    }
    var head = homeserver.lastHead();
    assertThat(Wire.values(head, "x-forwarded-for"))
        .containsExactly("10.1.1.1, 10.1.1.2, 2001:db8::1, 127.0.0.1");
    assertThat(Wire.values(head, "x-forwarded-proto")).containsExactly("http");
  }

  @Test
  void bodyWithALengthIsPassed() throws IOException {
    assertThat(echoed("Content-Length: 11\r\n\r\nhello\r\n\0\u00ff!\n"))
        .isEqualTo("hello\r\n\0\u00ff!\n");
    assertThat(Wire.values(homeserver.lastHead(), "content-length")).containsExactly("11");
    assertThat(Wire.names(homeserver.lastHead()))
        .doesNotContain("content-type", "transfer-encoding");
  }

  @Test
  void bodyInChunksIsPassedInChunks() throws IOException {
    assertThat(
            echoed(
                "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n4\r\ndefg\r\n0\r\nT: 1\r\n\r\n"))
        .isEqualTo("abcdefg");
    assertThat(Wire.values(homeserver.lastHead(), "transfer-encoding")).containsExactly("chunked");
    assertThat(Wire.names(homeserver.lastHead())).doesNotContain("content-length");
  }

  @Test
  void bodyInGzipIsPassedAsItCame() throws IOException {
    assertThat(echoed("Content-Encoding: gzip\r\nContent-Length: 8\r\n\r\nno gzip!"))
        .isEqualTo("no gzip!");
    assertThat(Wire.values(homeserver.lastHead(), "content-encoding")).containsExactly("gzip");
    assertThat(Wire.values(homeserver.lastHead(), "content-length")).containsExactly("8");
  }

  @Test
  void emptyBodyIsPassed() throws IOException {
    assertThat(echoed("Content-Length: 0\r\n\r\n")).isEmpty();
    assertThat(Wire.values(homeserver.lastHead(), "content-length")).containsExactly("0");
  }

  @Test
  void bodyIsCalledForByTheGateway() throws IOException {
    homeserver.on(call -> call.answer(ok(call.body())));
    try (var client = gateway.client()) {
      client.send(
          "PUT /_matrix/x HTTP/1.1\r\n"
              + "Host: a\r\n"
              + "Expect: 100-continue\r\n"
              + "Content-Length: 3\r\n\r\n");

      assertThat(client.answerWithoutBody().status()).isEqualTo(100);
      assertThat(client.send("abc").answer().text()).isEqualTo("abc");
    }
    assertThat(Wire.names(homeserver.lastHead())).doesNotContain("expect");
  }

  @Test
  void codingBelowTheChunksIsRefused() throws IOException {
    try (var client = gateway.client()) {
      client.send(
          "PUT /_matrix/x HTTP/1.1\r\n"
              + "Host: a\r\n"
              + "Transfer-Encoding: gzip, chunked\r\n\r\n"
              + "0\r\n\r\n");

      assertThat(client.answer().status()).isGreaterThanOrEqualTo(400);
    }
    assertThat(homeserver.heads()).isEmpty();
  }

  @Test
  void requestSentAheadIsAnsweredInItsTurn() throws IOException {
    try (var client = gateway.client()) {
      client.send(
          "GET /_matrix/1 HTTP/1.1\r\nHost: a\r\n\r\nGET /_matrix/2 HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.answer().status()).isEqualTo(200);
    }
    assertThat(homeserver.heads()).hasSize(2);
  }

  @Test
  void connectionsToTheHomeserverAreUsedAgain() throws IOException {
    var ports = new ConcurrentSkipListSet<Integer>();
    homeserver.on(
        call -> {
          ports.add(call.socket().getPort());
          call.answer(OK);
        });
    for (int i = 0; i < 5; i++) {
      try (var client = gateway.client()) {
        client.request("GET", "/_matrix/x").answer();
      }
    }
    assertThat(ports).hasSizeLessThan(5);
  }

  private String passed(String target) throws IOException {
    try (var client = gateway.client()) {
      assertThat(client.request("GET", target).answer().text()).isEqualTo("{}");
    }
    assertThat(homeserver.heads()).hasSize(1);
    return homeserver.lastHead().lines().findFirst().orElseThrow();
  }

  /** What arrived as the body of a request that ends with these headers and this body. */
  private String echoed(String rest) throws IOException {
    homeserver.on(call -> call.answer(ok(call.body())));
    try (var client = gateway.client()) {
      return client.send("POST /_matrix/x HTTP/1.1\r\nHost: a\r\n" + rest).answer().text();
    }
  }

  private String ok(byte[] body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n" + Wire.text(body);
  }
}
