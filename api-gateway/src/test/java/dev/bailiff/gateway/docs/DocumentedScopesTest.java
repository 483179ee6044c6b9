package dev.bailiff.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.AllowedFor;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.testing.architecture.ArchitectureRules;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every call says which scopes it needs, in the code and in the document the same. */
class DocumentedScopesTest {
  private static final List<Method> CALLS = calls();

  @Test
  void everyCallForAdminsNamesItsScopes() {
    assertThat(CALLS).hasSizeGreaterThan(120);
    assertThat(CALLS)
        .allSatisfy(
            call ->
                assertThat(call.isAnnotationPresent(Needs.class))
                    .as(call.toString())
                    .isEqualTo(isForAdmins(call)));
  }

  @Test
  void documentNamesTheScopesOfTheCode() {
    Map<String, List<String>> documented = new TreeMap<>();
    OpenApiDocument.read()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(operation -> operation.getValue().at("/security/0/bearer").isArray())
                    .forEach(
                        operation ->
                            documented.put(
                                operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                operation
                                    .getValue()
                                    .at("/security/0/bearer")
                                    .valueStream()
                                    .map(scope -> scope.textValue())
                                    .toList())));

    assertThat(documented)
        .isEqualTo(
            CALLS.stream()
                .filter(DocumentedScopesTest::isForAdmins)
                .collect(
                    Collectors.toMap(
                        DocumentedScopesTest::route,
                        call -> words(call.getAnnotation(Needs.class)),
                        (first, second) -> first,
                        TreeMap::new)));
  }

  private static List<String> words(Needs needs) {
    return Arrays.stream(needs.value())
        .map(
            scope ->
                scope == Scope.JOBS_SUBMIT && !needs.kind().isEmpty()
                    ? scope.word() + ":" + needs.kind()
                    : scope.word())
        .toList();
  }

  private static boolean isForAdmins(Method call) {
    var audience =
        Stream.of(call, call.getDeclaringClass())
            .map(element -> element.getAnnotation(AllowedFor.class))
            .filter(found -> found != null)
            .map(AllowedFor::value)
            .findFirst()
            .orElse(Audience.ADMINS);
    return audience == Audience.ADMINS || audience == Audience.ADMINS_AND_SELF;
  }

  private static String route(Method call) {
    var base = call.getDeclaringClass().getAnnotation(Path.class).value();
    var path = call.getAnnotation(Path.class);
    return verb(call).orElseThrow()
        + " "
        + (path == null
            ? base
            : base.replaceAll("/$", "") + "/" + path.value().replaceAll("^/", ""));
  }

  private static Optional<String> verb(Method call) {
    return Arrays.stream(call.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(found -> found != null)
        .map(HttpMethod::value)
        .findFirst();
  }

  private static List<Method> calls() {
    return new ClassFileImporter()
            .withImportOption(new ArchitectureRules.ProductionCode())
            .importPackages("dev.bailiff.gateway")
            .stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .map(JavaClass::reflect)
            .flatMap(type -> Arrays.stream(type.getMethods()))
            .filter(method -> verb(method).isPresent())
            .toList();
  }
}
