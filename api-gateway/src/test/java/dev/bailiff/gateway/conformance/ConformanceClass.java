package dev.bailiff.gateway.conformance;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A test class with the sections that it covers.
 *
 * @param methods its tests, in alphabetical order
 */
record ConformanceClass(String name, List<Method> methods) {
  private static final Set<String> TEST_ANNOTATIONS =
      Set.of(
          "org.junit.jupiter.api.Test",
          "org.junit.jupiter.api.RepeatedTest",
          "org.junit.jupiter.params.ParameterizedTest");

  /** A test and the sections that it covers. */
  record Method(String name, List<String> sections) {

    /** The name as a sentence: {@code emptyListIsFine} is "empty list is fine". */
    String sentence() {
      return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
  }

  /** All of them, in alphabetical order. */
  static List<ConformanceClass> all() {
    return new ClassFileImporter()
        .importPackages("dev.bailiff.gateway").stream()
            .filter(type -> type.isAnnotatedWith(Section.class))
            .map(ConformanceClass::of)
            .sorted(Comparator.comparing(ConformanceClass::name))
            .toList();
  }

  /** The sections that its tests cover. */
  List<String> sections() {
    return methods.stream().flatMap(method -> method.sections().stream()).distinct().toList();
  }

  /** The number of its tests that cover a section. */
  long testsOf(String section) {
    return methods.stream().filter(method -> method.sections().contains(section)).count();
  }

  private static ConformanceClass of(JavaClass type) {
    var ofClass = List.of(type.getAnnotationOfType(Section.class).value());
    return new ConformanceClass(
        type.getSimpleName(),
        type.getMethods().stream()
            .filter(ConformanceClass::isTest)
            .map(method -> new Method(method.getName(), sections(method, ofClass)))
            .sorted(Comparator.comparing(Method::name))
            .toList());
  }

  private static boolean isTest(JavaMethod method) {
    return method.getAnnotations().stream()
        .anyMatch(annotation -> TEST_ANNOTATIONS.contains(annotation.getRawType().getName()));
  }

  private static List<String> sections(JavaMethod method, List<String> ofClass) {
    return method
        .tryGetAnnotationOfType(Section.class)
        .map(section -> Stream.of(section.value()).toList())
        .orElse(ofClass);
  }
}
