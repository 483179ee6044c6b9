package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.access.NewToken;
import dev.bailiff.access.OperatorTokens;
import dev.bailiff.access.Scopes;
import dev.bailiff.access.TokenTerms;
import dev.bailiff.gateway.docs.OpenApiDocument;
import io.dropwizard.testing.ConfigOverride;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A token of each scope against every route of the document. What a call names does not exist, so
 * calls that are let through change nothing.
 */
class TokenScopesIT {
  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(ConfigOverride.config("follow.longest", "1ms"));

  /**
   * @param scopes that a token needs, all of them
   */
  private record Route(String verb, String path, Set<String> scopes) {
    String target() {
      return path.replaceAll("\\{[a-z_]*user_id\\}", "@none:elsewhere.example")
          .replaceAll("\\{room_id(_or_alias)?\\}", "!none")
          .replaceAll("\\{[a-z_]+\\}", "none");
    }
  }

  @Test
  void aTokenIsLetThroughWhereItHasAllScopesOfTheRouteAndNowhereElse() {
    var routes = routes();
    var words =
        routes.stream()
            .flatMap(route -> route.scopes().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    words.addAll(Scopes.ALL.words());
    assertThat(routes).hasSizeGreaterThan(110);
    var wrong = new ArrayList<String>();

    for (var word : words) {
      var client = new Client(gateway.port(), token(Set.of(word)));
      for (var route : routes) {
        var reply = client.send(route.verb(), route.target(), null);
        boolean isRefused =
            reply.status() == 403 && reply.body().contains("This token lacks the scope");
        if (isRefused == allows(word, route)) {
          wrong.add(word + " on " + route + ": " + reply.outcome());
        }
      }
    }

    assertThat(wrong).isEmpty();
  }

  @Test
  void aTokenWithoutAnyScopeMayAskWhatItMay() {
    var nothing = new Client(gateway.port(), token(Set.of("audit:read")));

    assertThat(nothing.get("/_bailiff/v1/whoami").json().path("scopes").toString())
        .isEqualTo("[\"audit:read\"]");
  }

  private static boolean allows(String word, Route route) {
    var scopes = new Scopes(Set.of(word));
    return route.scopes().stream()
        .allMatch(
            scope ->
                scope.equals("jobs:submit")
                    ? word.startsWith("jobs:submit:")
                    : scopes.cover(new Scopes(Set.of(scope))));
  }

  private static String token(Set<String> scopes) {
    return new OperatorTokens(gateway.jdbi())
        .issue(new NewToken("one", "", TokenTerms.of(new Scopes(scopes)), null));
  }

  private static List<Route> routes() {
    var routes = new ArrayList<Route>();
    OpenApiDocument.read()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(operation -> !operation.getValue().at("/security/0").isMissingNode())
                    .forEach(
                        operation ->
                            routes.add(
                                new Route(
                                    operation.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    operation
                                        .getValue()
                                        .at("/security/0/bearer")
                                        .valueStream()
                                        .map(JsonNode::textValue)
                                        .collect(Collectors.toSet())))));
    return routes;
  }
}
