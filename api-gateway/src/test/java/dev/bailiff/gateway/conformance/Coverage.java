package dev.bailiff.gateway.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The endpoints that need tests: every endpoint of the admin API, by its section. The rows stand in
 * {@code coverage.txt}.
 */
final class Coverage {

  private Coverage() {}

  /** A section and its endpoints. */
  record Row(String section, String endpoint) {}

  /** Every section, in the order of the specification. */
  static List<Row> rows() {
    return lines("coverage.txt").stream()
        .map(line -> line.split(" ", 2))
        .map(parts -> new Row(parts[0], parts[1]))
        .toList();
  }

  private static List<String> lines(String resource) {
    try (var stream = Coverage.class.getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
