package dev.bailiff.gateway.abuse;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Methods and headers that clients may send. */
final class OddHeads {
  private static final List<String> NAMES =
      List.of(
          "User-Agent",
          "Prefer",
          "Idempotency-Key",
          "Authorization",
          "X-Forwarded-For",
          "Forwarded",
          "Content-Type",
          "Content-Encoding",
          "Accept",
          "Accept-Encoding",
          "Accept-Language",
          "Cookie",
          "Expect",
          "Range",
          "If-None-Match",
          "If-Modified-Since",
          "Upgrade",
          "TE",
          "Host",
          "Origin",
          "X-HTTP-Method-Override");

  private static final List<String> VALUES =
      List.of(
          "gzip",
          "deflate, br",
          "chunked",
          "wait=99999999999999999999",
          "wait=-1, respond-async",
          "respond-async; wait=\"1\"",
          "Bearer",
          "Basic YTpi",
          "::1",
          "bytes=0-1",
          "websocket",
          "h2c",
          "*/*;q=x",
          "a=b; c=\"d",
          "away.example:99999",
          "\u00ff\u00fe");

  private OddHeads() {}

  /** A method, or empty text for the method of the route. */
  static Arbitrary<String> method() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.just("")),
        Tuple.of(
            1,
            Arbitraries.of(
                "HEAD", "TRACE", "CONNECT", "PATCH", "PRI", "get", "X", "DELETE", "GET")));
  }

  /** Up to three headers. */
  static Arbitrary<List<String>> headers() {
    var value =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of(VALUES)),
            Tuple.of(1, OddText.any().map(OddText::encoded)),
            Tuple.of(1, OddText.any().map(text -> text.replaceAll("[^ -~]", "?"))));
    return Combinators.combine(Arbitraries.of(NAMES), value)
        .as((name, text) -> name + ": " + text)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }
}
