package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bailiff.gateway.docs.OpenApiDocument;
import dev.bailiff.gateway.route.RoutingFilter;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.glassfish.jersey.server.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The OpenAPI document lists exactly the routes of a started gateway, and can be read from that
 * gateway.
 */
class OpenApiIT {
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  @Test
  void everyRouteThatIsServedIsDocumentedAndTheOtherWayRound() {
    var documented =
        DocumentedPath.of(OpenApiDocument.read()).stream()
            .flatMap(path -> path.routes().stream())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(routesOfJersey()).isEqualTo(documented);
    assertThat(routesOfFilter()).isEqualTo(withoutNames(documented));
  }

  @Test
  void documentIsServedToEverybody() throws IOException {
    var reply = gateway.nobody().get("/_bailiff/openapi.yaml");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(new YAMLMapper().readTree(reply.body())).isEqualTo(OpenApiDocument.read());
  }

  @Test
  void pageLoadsNothingFromElsewhere() {
    var page = gateway.nobody().get("/_bailiff/docs");

    assertThat(page.headers().get("Content-Security-Policy")).startsWith("default-src 'none';");
    var links = LINK.matcher(page.body()).results().map(link -> link.group(1)).toList();
    assertThat(links).contains("docs/start.js", "docs/swagger-ui-bundle.js", "openapi.yaml");
    assertThat(links)
        .allSatisfy(
            link -> assertThat(gateway.nobody().get("/_bailiff/" + link).status()).isEqualTo(200));
  }

  @ParameterizedTest
  @CsvSource({
    "start.js, text/javascript",
    "swagger-ui-bundle.js, text/javascript",
    "swagger-ui.css, text/css",
    "favicon-32x32.png, image/png"
  })
  void filesOfThePageHaveTheirTypes(String file, String type) {
    assertThat(gateway.nobody().get("/_bailiff/docs/" + file).headers().get("Content-Type"))
        .startsWith(type);
  }

  @ParameterizedTest
  @CsvSource({"index.html", "..%2Findex.html", "..%2F..%2Fgateway-test.yml", "''"})
  void nothingElseIsServedAsAFileOfThePage(String file) {
    assertThat(gateway.nobody().get("/_bailiff/docs/" + file).outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  private static Set<String> routesOfJersey() {
    var config = gateway.environment().jersey().getResourceConfig();
    return Stream.concat(
            config.getClasses().stream(), config.getInstances().stream().map(Object::getClass))
        .filter(type -> type.isAnnotationPresent(Path.class))
        .flatMap(type -> routes("", Resource.from(type)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> routes(String base, Resource resource) {
    var path = base + resource.getPath();
    return Stream.concat(
        resource.getResourceMethods().stream().map(method -> method.getHttpMethod() + " " + path),
        resource.getChildResources().stream().flatMap(child -> routes(path, child)));
  }

  private static Set<String> routesOfFilter() {
    return Arrays.stream(
            gateway.environment().getApplicationContext().getServletHandler().getFilters())
        .map(FilterHolder::getFilter)
        .filter(RoutingFilter.class::isInstance)
        .map(RoutingFilter.class::cast)
        .flatMap(filter -> filter.routes().all().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> withoutNames(Set<String> routes) {
    return routes.stream()
        .map(route -> route.replaceAll("\\{[a-z_]+\\}", "{}"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
