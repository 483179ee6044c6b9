package dev.bailiff.gateway.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.gateway.request.PercentDecoding;
import jakarta.ws.rs.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The routes of the OpenAPI document with the scopes that they need. It also has the routes that a
 * homeserver serves behind the gateway.
 */
public final class ScopedRoutes {
  private static final Pattern NAME = Pattern.compile("\\{([a-z_]+)\\}");

  private final Map<PathTemplate, Path> paths = new TreeMap<>();

  private record Path(String text, List<String> names, Map<String, Needed> needed) {}

  private record Needed(boolean isPublic, List<String> scopes) {}

  /**
   * A call.
   *
   * @param route the path with its placeholders
   * @param isPublic whether it needs no token
   * @param scopes that a token needs, all of them
   * @param ids the values of the path's placeholders by name, decoded
   */
  public record ScopedCall(
      String route, boolean isPublic, List<String> scopes, Map<String, String> ids) {}

  /** The routes of a document; calls of users, which name no scopes, are not among them. */
  public static ScopedRoutes of(JsonNode document) {
    var routes = new ScopedRoutes();
    document.path("paths").properties().forEach(path -> routes.add(path.getKey(), path.getValue()));
    return routes;
  }

  private void add(String path, JsonNode item) {
    var needed = new TreeMap<String, Needed>();
    for (var operation : item.properties()) {
      var security = operation.getValue().path("security");
      if (security.isArray()) {
        var scopes = security.path(0).path("bearer");
        needed.put(
            operation.getKey().toUpperCase(Locale.ROOT),
            new Needed(!scopes.isArray(), scopes.valueStream().map(JsonNode::textValue).toList()));
      }
    }
    var names = NAME.matcher(path).results().map(name -> name.group(1)).toList();
    paths.put(PathTemplate.of(path), new Path(path, names, needed));
  }

  /**
   * The call that a request makes; empty if it is in no table.
   *
   * @param rawPath as it was sent, without query
   */
  public Optional<ScopedCall> find(String method, String rawPath) {
    var sent = PathTemplate.split(rawPath);
    for (var entry : paths.entrySet()) {
      var values = entry.getKey().match(sent);
      if (values.isPresent()) {
        return Optional.ofNullable(entry.getValue().needed().get(verb(method)))
            .map(
                needed ->
                    new ScopedCall(
                        entry.getValue().text(),
                        needed.isPublic(),
                        needed.scopes(),
                        ids(entry.getValue().names(), values.get())));
      }
    }
    return Optional.empty();
  }

  private static String verb(String method) {
    return method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
  }

  private static Map<String, String> ids(List<String> names, List<String> rawValues) {
    var decoded = new ArrayList<String>();
    rawValues.forEach(raw -> decoded.add(PercentDecoding.pathSegment(raw)));
    var ids = new TreeMap<String, String>();
    for (int i = 0; i < names.size(); i++) {
      ids.put(names.get(i), decoded.get(i));
    }
    return ids;
  }
}
