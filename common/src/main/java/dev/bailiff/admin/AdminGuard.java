package dev.bailiff.admin;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Admits only the requests that the admin port serves: metrics, health and ping, read only. The
 * port has no authentication. Therefore nothing there may change the process or show data of
 * requests, as thread stacks would. On loopback the guard also checks the host name of the request,
 * as a page in a browser on this machine may make a name of its own resolve to loopback.
 */
final class AdminGuard implements Filter {
  private static final Set<String> PATHS = Set.of("/metrics", "/healthcheck", "/ping");
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  /** A loopback host with or without a port. */
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\])(:[0-9]+)?");

  private static final Pattern PORT = Pattern.compile(":[0-9]*$");

  private final boolean onLoopback;
  private final Set<String> hosts;

  /**
   * @param onLoopback whether the port listens on loopback alone
   * @param hosts admitted names without port; if empty, all names, or on loopback only those of
   *     loopback
   */
  AdminGuard(boolean onLoopback, Collection<String> hosts) {
    this.onLoopback = onLoopback;
    this.hosts =
        hosts.stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest call = (HttpServletRequest) request;
    HttpServletResponse reply = (HttpServletResponse) response;
    if (!isNamed(call.getHeader("Host"))) {
      refuse(reply, HttpServletResponse.SC_FORBIDDEN, "this name is not served, see admin.hosts");
    } else if (!PATHS.contains(call.getRequestURI().substring(call.getContextPath().length()))) {
      refuse(reply, HttpServletResponse.SC_NOT_FOUND, "there are /metrics, /healthcheck, /ping");
    } else if (!METHODS.contains(call.getMethod())) {
      refuse(reply, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "the admin port is read only");
    } else {
      chain.doFilter(request, response);
    }
  }

  /** A request without the header comes from no browser, as HTTP/1.1 requires the header. */
  boolean isNamed(@Nullable String header) {
    if (header == null || (hosts.isEmpty() && !onLoopback)) {
      return true;
    }
    String host = header.strip().toLowerCase(Locale.ROOT);
    return (onLoopback && LOOPBACK.matcher(host).matches())
        || hosts.contains(host)
        || hosts.contains(PORT.matcher(host).replaceFirst(""));
  }

  private static void refuse(HttpServletResponse reply, int status, String text)
      throws IOException {
    reply.setStatus(status);
    reply.setContentType("text/plain");
    reply.setCharacterEncoding("utf-8");
    reply.getWriter().println(text);
  }
}
