package dev.bailiff.gateway.abuse;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Queries that are close to the example of a route. */
final class OddQueries {
  private static final List<String> RAW =
      List.of("%", "%zz", "%FF", "%00", "+", ";", "=", "==", "%26", "a;b=c", "%ED%A0%80");

  private OddQueries() {}

  /** The example itself. */
  static String usual(Route route) {
    return route.query().isEmpty() ? "" : "?" + String.join("&", route.query());
  }

  /** Parameters that are missing, repeated, odd or unknown. */
  static Arbitrary<String> odd(Route route) {
    var pairs = route.query().stream().map(OddQueries::pair).toList();
    var known = Combinators.combine(pairs).as(list -> String.join("", list));
    return Combinators.combine(known, Arbitraries.of("", "", "&odd=%FF", "&", "&=&", "&limit"))
        .as((query, more) -> "?" + (query + more).replaceFirst("^&", ""));
  }

  private static Arbitrary<String> pair(String pair) {
    var name = pair.substring(0, pair.indexOf('='));
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.just("&" + pair)),
        Tuple.of(4, Arbitraries.just("")),
        Tuple.of(3, OddText.any().map(text -> "&" + name + "=" + OddText.encoded(text))),
        Tuple.of(1, Arbitraries.of(RAW).map(raw -> "&" + name + "=" + raw)),
        Tuple.of(
            1, OddText.any().map(text -> "&" + pair + "&" + name + "=" + OddText.encoded(text))));
  }
}
