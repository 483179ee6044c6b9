package dev.bailiff.gateway.abuse;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A route with an example of its query and its body, both of which are accepted.
 *
 * @param query pairs {@code name=value}, encoded; empty if the route reads no query
 * @param body JSON, or empty if the route reads no body
 */
public record Route(String method, String template, List<String> query, String body) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)\\}");

  /** Method and path, as in {@code GET /a/{b}}. */
  public String name() {
    return method + " " + template;
  }

  /** Names of the placeholders, in their order. */
  public List<String> placeholders() {
    return PLACEHOLDER.matcher(template).results().map(found -> found.group(1)).toList();
  }

  /** The path with these segments, as they are, in place of the placeholders. */
  public String path(List<String> segments) {
    var next = segments.iterator();
    return PLACEHOLDER.matcher(template).replaceAll(found -> quoted(next.next()));
  }

  private static String quoted(String segment) {
    return Matcher.quoteReplacement(segment);
  }

  boolean hasBody() {
    return !body.isEmpty();
  }

  /** Reads the lines of {@code routes.txt}. */
  static List<Route> read(Stream<String> lines) {
    var text = String.join("\n", lines.filter(line -> !line.startsWith("#")).toList());
    return Stream.of(text.split("\n(?! )")).map(Route::parse).toList();
  }

  private static Route parse(String entry) {
    var lines = entry.lines().map(String::strip).toList();
    var name = lines.get(0).split(" ");
    var query = lines.stream().filter(line -> line.startsWith("?")).findFirst().orElse("?");
    var body = lines.stream().filter(line -> line.startsWith("{")).findFirst().orElse("");
    return new Route(
        name[0],
        name[1],
        query.equals("?") ? List.of() : List.of(query.substring(1).split("&")),
        body);
  }
}
