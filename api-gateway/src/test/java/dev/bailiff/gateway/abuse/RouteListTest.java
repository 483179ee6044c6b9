package dev.bailiff.gateway.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests of this package leave out no route. */
class RouteListTest {

  @Test
  void everyRouteOfEveryResourceIsAttacked() {
    assertThat(RouteList.all().stream().map(Route::name).toList())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(served());
  }

  @Test
  void examplesHoldWhatTheirRouteAsksFor() {
    assertThat(RouteList.all())
        .allSatisfy(
            route -> assertThat(route.query()).allMatch(pair -> pair.matches("[a-z_]+=.+")));
  }

  private static List<String> served() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.bailiff.gateway")
            .stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .map(JavaClass::reflect)
            .flatMap(RouteListTest::routes)
            .toList();
  }

  private static Stream<String> routes(Class<?> resource) {
    var base = resource.getAnnotation(Path.class).value();
    return Arrays.stream(resource.getMethods())
        .flatMap(
            method ->
                verb(method)
                    .map(
                        verb -> {
                          var path = method.getAnnotation(Path.class);
                          return verb + " " + (path == null ? base : base + path.value());
                        }));
  }

  private static Stream<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(found -> found != null)
        .map(HttpMethod::value);
  }
}
