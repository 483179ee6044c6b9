package dev.bailiff.benchmark;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.bailiff.testing.architecture.ArchitectureRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The modules and their packages in Markdown. Shows which module uses which, read from the compiled
 * classes, and describes each package by the first sentence of its Javadoc.
 */
final class ModulePicture {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern DESCRIPTION =
      Pattern.compile("/\\*\\*(.*?)\\*/.*?package ([\\w.]+);", Pattern.DOTALL);
  private static final Pattern TAG = Pattern.compile("\\{@(code|link) (?:[\\w.]*\\.)?([^}]*)}");
  private static final Pattern SENTENCE = Pattern.compile("^.*?\\.(?= |$)");

  private final Path root;

  /** In the order of the build, in which each module comes after the modules that it needs. */
  private final List<String> names;

  private final Map<String, String> modules = new TreeMap<>();
  private final Map<String, Map<String, String>> packages = new TreeMap<>();

  /**
   * Reads the modules and packages.
   *
   * @param root folder of the sources
   */
  ModulePicture(Path root) throws IOException {
    this.root = root;
    this.names =
        MODULE
            .matcher(Files.readString(root.resolve("pom.xml")))
            .results()
            .map(found -> found.group(1))
            .toList();
    for (var module : names) {
      packages.put(module, descriptions(module));
      packages.get(module).keySet().forEach(name -> modules.put(name, module));
    }
  }

  String text() {
    var text = new StringBuilder("```mermaid\nflowchart LR\n");
    for (var edge : edges()) {
      text.append("  ").append(edge).append('\n');
    }
    text.append("```\n\n| package | what it is |\n|---|---|\n");
    for (var module : names) {
      text.append("| **").append(module).append("** | |\n");
      packages
          .get(module)
          .forEach(
              (name, sentence) ->
                  text.append("| `")
                      .append(name.replaceFirst("^dev\\.bailiff\\.", ""))
                      .append("` | ")
                      .append(sentence)
                      .append(" |\n"));
    }
    return text.toString();
  }

  private TreeSet<String> edges() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ArchitectureRules.ProductionCode())
            .importPackages("dev.bailiff");
    return classes.stream()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(this::crosses)
        .map(
            dependency ->
                module(dependency.getOriginClass()) + " --> " + module(dependency.getTargetClass()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean crosses(Dependency dependency) {
    var from = module(dependency.getOriginClass());
    var to = module(dependency.getTargetClass());
    return !from.isEmpty() && !to.isEmpty() && !from.equals(to);
  }

  /** The module of a class; empty if the class is not ours. */
  private String module(JavaClass type) {
    return modules.getOrDefault(type.getPackageName(), "");
  }

  /** The first sentence of each package's Javadoc in a module. */
  private Map<String, String> descriptions(String module) throws IOException {
    Map<String, String> sentences = new TreeMap<>();
    try (var files = Files.walk(root.resolve(module).resolve("src/main/java"))) {
      for (var file : files.filter(path -> path.endsWith("package-info.java")).toList()) {
        var described = DESCRIPTION.matcher(Files.readString(file));
        if (!described.find()) {
          throw new IllegalStateException("no description in " + file);
        }
        sentences.put(described.group(2), sentence(described.group(1)));
      }
    }
    return sentences;
  }

  private static String sentence(String comment) {
    var text = comment.replaceAll("\\s*\\n \\* ?", " ").strip();
    var plain =
        TAG.matcher(text)
            .replaceAll(tag -> Matcher.quoteReplacement("`" + tag.group(2) + "`"))
            .replaceAll("<[^>]*>", "");
    var first = SENTENCE.matcher(plain);
    return (first.find() ? first.group() : plain).replaceAll("\\.$", "");
  }
}
