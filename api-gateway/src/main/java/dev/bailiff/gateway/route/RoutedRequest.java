package dev.bailiff.gateway.route;

import dev.bailiff.gateway.request.AcceptedTypes;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.gateway.request.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as Jersey sees it: a path with nothing to decode, no query (it is in {@link
 * QueryParameters}), and no headers for which Jersey would refuse a request although the API
 * ignores them.
 */
final class RoutedRequest extends HttpServletRequestWrapper {
  private static final Set<String> HIDDEN =
      Set.of("content-type", "accept", "accept-charset", "accept-language");

  private final String path;

  RoutedRequest(HttpServletRequest request, String path) {
    super(request);
    this.path = path;
    setAttribute(RequestBody.Source.TYPE, Objects.requireNonNullElse(request.getContentType(), ""));
    setAttribute(AcceptedTypes.class.getName(), new AcceptedTypes(acceptedBy(request)));
    setAttribute(QueryParameters.class.getName(), QueryParameters.parse(request.getQueryString()));
  }

  private static String acceptedBy(HttpServletRequest request) {
    return String.join(",", Collections.list(request.getHeaders("accept")));
  }

  @Override
  public String getRequestURI() {
    return path;
  }

  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer("http://localhost").append(path);
  }

  @Override
  public String getServletPath() {
    return "";
  }

  @Override
  public String getPathInfo() {
    return path;
  }

  @Override
  public @Nullable String getQueryString() {
    return null;
  }

  @Override
  public @Nullable String getContentType() {
    return null;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return isHidden(name) ? null : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return Collections.enumeration(
        Collections.list(super.getHeaderNames()).stream().filter(name -> !isHidden(name)).toList());
  }

  private static boolean isHidden(String name) {
    return HIDDEN.contains(name.toLowerCase(Locale.ROOT));
  }
}
