package dev.bailiff.gateway.abuse;

import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Paths of routes, with ids that exist or odd ones. */
final class OddPaths {
  /** Segments that are no valid encoding, or that have a meaning in URIs. */
  private static final List<String> RAW =
      List.of(
          "",
          "%",
          "%2",
          "%zz",
          "%00",
          "%FF%FE",
          "%ED%A0%80",
          "%C0%AF",
          "..",
          "%2e%2e",
          "a%2Fb",
          "a;b=c",
          "+",
          "{}|^",
          "~e30",
          "@a:chat.example%00",
          "%252F");

  private OddPaths() {}

  /** Paths with ids that exist. */
  static Arbitrary<String> usual(Route route, KnownIds ids) {
    return path(route, name -> Arbitraries.of(ids.of(name)).map(OddText::encoded));
  }

  /** Paths with any ids. */
  static Arbitrary<String> odd(Route route, KnownIds ids) {
    return path(
        route,
        name ->
            Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.of(ids.of(name)).map(OddText::encoded)),
                Tuple.of(5, OddText.any().map(OddText::encoded)),
                Tuple.of(1, Arbitraries.of(RAW))));
  }

  private static Arbitrary<String> path(Route route, Function<String, Arbitrary<String>> segment) {
    var segments = route.placeholders().stream().map(segment).toList();
    return segments.isEmpty()
        ? Arbitraries.just(route.template())
        : Combinators.combine(segments).as(route::path);
  }
}
