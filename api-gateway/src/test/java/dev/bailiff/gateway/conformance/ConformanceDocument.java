package dev.bailiff.gateway.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes {@code docs/conformance.md}: each endpoint of the admin API, and its tests. */
record ConformanceDocument(List<Coverage.Row> rows, List<ConformanceClass> classes) {
  private static final String HEAD =
      """
      # Conformance

      Each endpoint of the admin API with the tests that hold it to its specification, over HTTP, against a gateway that really runs
      on the data of `examples/community`. Generated from `coverage.txt` and the annotation `@Section` of the tests in `api-gateway`;
      `ConformanceDocumentTest` fails when this file is out of date and says how to write it.

      | § | endpoint | tests |
      |---|---|---|
      """;

  /** The file in the working copy. */
  static Path file() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      var docs = at.resolve("docs").resolve("decisions");
      if (Files.isDirectory(docs)) {
        return docs.resolveSibling("conformance.md");
      }
    }
    throw new IllegalStateException("no docs above the working directory");
  }

  /** The whole document. */
  String text() {
    return HEAD
        + rows.stream().map(this::row).collect(Collectors.joining())
        + classes.stream().map(this::list).collect(Collectors.joining());
  }

  private String row(Coverage.Row row) {
    var tests =
        classes.stream()
            .filter(type -> type.testsOf(row.section()) > 0)
            .map(
                type ->
                    "[%s](#%s) %d"
                        .formatted(
                            type.name(),
                            type.name().toLowerCase(Locale.ROOT),
                            type.testsOf(row.section())))
            .collect(Collectors.joining(", "));
    return "| %s | `%s` | %s |\n".formatted(row.section(), row.endpoint(), tests);
  }

  private String list(ConformanceClass type) {
    var all = type.sections();
    return type.methods().stream()
        .map(
            method ->
                "- "
                    + method.sentence()
                    + (method.sections().size() == all.size()
                        ? ""
                        : " (" + String.join(", ", method.sections()) + ")")
                    + "\n")
        .collect(
            Collectors.joining(
                "", "\n## " + type.name() + "\n\n" + String.join(", ", all) + "\n\n", ""));
  }
}
