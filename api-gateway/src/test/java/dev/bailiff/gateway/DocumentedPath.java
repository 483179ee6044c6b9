package dev.bailiff.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A path of the OpenAPI document.
 *
 * @param path as written in the document
 */
record DocumentedPath(String path, JsonNode item) {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
  private static final List<String> OURS = List.of("/_synapse/admin/", "/_matrix/", "/_bailiff/");

  /** All paths. A path with a fixed segment comes before a path with a placeholder there. */
  static List<DocumentedPath> of(ObjectNode document) {
    // Any text sorts before this character, which stands for a placeholder.
    return document.path("paths").properties().stream()
        .map(entry -> new DocumentedPath(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(documented -> documented.path.replace('{', '\uffff')))
        .toList();
  }

  /** Whether a path belongs to an API that is documented without exception. */
  static boolean isOurs(String path) {
    return OURS.stream().anyMatch(path::startsWith);
  }

  /** Whether a path as sent matches this one. */
  boolean fits(String sent) {
    var segments = path.split("/", -1);
    var values = sent.split("/", -1);
    if (segments.length != values.length) {
      return false;
    }
    for (int i = 0; i < segments.length; i++) {
      if (!segments[i].startsWith("{") && !segments[i].equals(values[i])) {
        return false;
      }
    }
    return true;
  }

  /** The operation of a method; {@code HEAD} counts as {@code GET}. */
  JsonNode operation(String method) {
    // Letter case matters in methods: "get" is not served.
    var upper = method.toUpperCase(Locale.ROOT);
    return upper.equals(method)
        ? item.path(method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT))
        : MissingNode.getInstance();
  }

  /** All routes of this path, such as {@code GET /_synapse/admin/v2/users/{user_id}}. */
  Set<String> routes() {
    var routes = new TreeSet<String>();
    item.properties().stream()
        .filter(entry -> METHODS.contains(entry.getKey()))
        .forEach(entry -> routes.add(entry.getKey().toUpperCase(Locale.ROOT) + " " + path));
    return routes;
  }

  /** The response that an operation documents for a status. */
  static JsonNode response(JsonNode operation, int status) {
    var exact = operation.path("responses").path(Integer.toString(status));
    return exact.isMissingNode() ? operation.path("responses").path(status / 100 + "XX") : exact;
  }
}
