package dev.bailiff.gateway.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Every request of an admin is answered: never with a failure of ours, never with our internals. A
 * refused request has changed nothing at all. A request that fails the test is reported as sent and
 * not shrunk, as the data have changed by then.
 */
@AddLifecycleHook(CiSeed.class)
class OddRequestsIT {
  private static AbusedGateway gateway;

  @BeforeContainer
  static void start() throws Exception {
    gateway = AbusedGateway.start(OddRequestsIT.class);
  }

  @AfterContainer
  static void stop() {
    gateway.stop();
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void oddIdsAreAnsweredOrRefusedWithoutEffect(@ForAll("oddIds") Attempt attempt) {
    assertSound(attempt);
  }

  @Property(tries = 150, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void oddQueriesAreAnsweredOrRefusedWithoutEffect(@ForAll("oddQueries") Attempt attempt) {
    assertSound(attempt);
  }

  @Property(tries = 250, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void oddBodiesAreAnsweredOrRefusedWithoutEffect(@ForAll("oddBodies") Attempt attempt) {
    assertSound(attempt);
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void oddHeadsAreAnsweredOrRefusedWithoutEffect(@ForAll("oddHeads") Attempt attempt) {
    assertSound(attempt);
  }

  @Example
  void everyStringOfEveryBodyTakesAnyText() {
    assertThat(
            RouteList.all().stream()
                .filter(Route::hasBody)
                .flatMap(
                    route ->
                        sorts(route).stream()
                            .flatMap(text -> OddBodies.withEachText(route, text).stream())
                            .map(body -> Attempt.of(route.method(), usualPath(route), body)))
                .flatMap(attempt -> described(attempt).stream()))
        .isEmpty();
  }

  @Example
  void everyParameterOfEveryQueryTakesAnyText() {
    var attempts = new ArrayList<Attempt>();
    for (Route route : RouteList.all()) {
      for (String pair : route.query()) {
        for (String text : OddText.SORTS) {
          var name = pair.substring(0, pair.indexOf('='));
          var query = "?" + name + "=" + OddText.encoded(text);
          attempts.add(Attempt.of(route.method(), usualPath(route) + query, null));
        }
      }
    }

    assertThat(attempts.stream().flatMap(attempt -> described(attempt).stream())).isEmpty();
  }

  @Provide
  Arbitrary<Attempt> oddIds() {
    return Arbitraries.of(withPlaceholders())
        .flatMap(
            route ->
                OddPaths.odd(route, gateway.ids())
                    .map(
                        path ->
                            Attempt.of(
                                route.method(), path + OddQueries.usual(route), body(route))));
  }

  @Provide
  Arbitrary<Attempt> oddQueries() {
    return Arbitraries.of(
            RouteList.all().stream().filter(route -> !route.query().isEmpty()).toList())
        .flatMap(
            route ->
                Combinators.combine(OddPaths.usual(route, gateway.ids()), OddQueries.odd(route))
                    .as((path, query) -> Attempt.of(route.method(), path + query, null)));
  }

  @Provide
  Arbitrary<Attempt> oddBodies() {
    return Arbitraries.of(RouteList.all().stream().filter(Route::hasBody).toList())
        .flatMap(
            route ->
                Combinators.combine(OddPaths.usual(route, gateway.ids()), OddBodies.odd(route))
                    .as((path, body) -> Attempt.of(route.method(), path, body)));
  }

  @Provide
  Arbitrary<Attempt> oddHeads() {
    return Combinators.combine(
            Arbitraries.of(RouteList.all()), OddHeads.method(), OddHeads.headers())
        .as(
            (route, method, headers) ->
                new Attempt(
                    method.isEmpty() ? route.method() : method,
                    usualPath(route) + OddQueries.usual(route),
                    headers,
                    body(route)));
  }

  private static List<Route> withPlaceholders() {
    return RouteList.all().stream().filter(route -> !route.placeholders().isEmpty()).toList();
  }

  /** Few texts where a password is checked, as each takes a quarter of a second. */
  private static List<String> sorts(Route route) {
    return route.body().contains("password") ? OddText.FEW_SORTS : OddText.SORTS;
  }

  private static String usualPath(Route route) {
    return route.path(
        route.placeholders().stream()
            .map(name -> OddText.encoded(gateway.ids().of(name).get(0)))
            .toList());
  }

  private static byte[] body(Route route) {
    return route.hasBody() ? route.body().getBytes(StandardCharsets.UTF_8) : null;
  }

  private static void assertSound(Attempt attempt) {
    assertThat(gateway.problems(attempt)).as(attempt.toString()).isEmpty();
  }

  private static List<String> described(Attempt attempt) {
    return gateway.problems(attempt).stream().map(problem -> attempt + ": " + problem).toList();
  }
}
