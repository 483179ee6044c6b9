package dev.bailiff.gateway.route;

import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.PercentDecoding;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The paths that are served and their methods, read from the annotations of the resources. If
 * several paths match, the one with a literal where the others have a placeholder decides, read
 * from the left. If that path lacks the method, no other path is tried (admin-api 1.5).
 */
public final class RouteTable {
  private final Map<PathTemplate, Set<String>> methods = new TreeMap<>();

  /**
   * The table of these resource classes. Each class has its whole path in its own {@code @Path} and
   * in those of its methods.
   */
  public static RouteTable of(List<? extends Class<?>> resources) {
    var table = new RouteTable();
    resources.forEach(table::add);
    return table;
  }

  private void add(Class<?> resource) {
    String base = resource.getAnnotation(Path.class).value();
    for (Method method : resource.getMethods()) {
      httpMethod(method)
          .ifPresent(
              name -> {
                var path = method.getAnnotation(Path.class);
                var template = PathTemplate.of(path == null ? base : join(base, path.value()));
                methods.computeIfAbsent(template, unused -> new LinkedHashSet<>()).add(name);
              });
    }
  }

  private static String join(String base, String path) {
    return base.replaceAll("/$", "") + "/" + path.replaceAll("^/", "");
  }

  private static Optional<String> httpMethod(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .map(type -> type.getAnnotation(HttpMethod.class))
        .filter(found -> found != null)
        .map(HttpMethod::value)
        .findFirst();
  }

  /** All routes, such as {@code GET /_synapse/admin/v2/users/{}}. */
  public Set<String> all() {
    var all = new LinkedHashSet<String>();
    methods.forEach(
        (template, names) ->
            names.forEach(name -> all.add(name + " /" + String.join("/", template.segments()))));
    return all;
  }

  /** The route of a path as it was sent, without query. */
  public Optional<Route> find(String rawPath) {
    var path = PathTemplate.split(rawPath);
    for (var entry : methods.entrySet()) {
      var values = entry.getKey().match(path);
      if (values.isPresent()) {
        return Optional.of(new Route(entry.getKey(), entry.getValue(), values.get()));
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a request is served.
   *
   * @param rawPath as it was sent, without query
   */
  public boolean serves(String method, String rawPath) {
    return find(rawPath).filter(route -> route.serves(method)).isPresent();
  }

  /** A path that is served, with the values of its placeholders. */
  record Route(PathTemplate template, Set<String> methods, List<String> rawValues) {

    /** Whether this method is served; {@code HEAD} counts as {@code GET}. */
    boolean serves(String method) {
      return methods.contains(method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method);
    }

    /** The path as JAX-RS sees it. */
    String safePath() {
      return template.fill(
          rawValues.stream()
              .map(raw -> new PathSegment(PercentDecoding.pathSegment(raw)).encoded())
              .toList());
    }
  }
}
