package dev.bailiff.gateway.route;

import dev.bailiff.audit.AuditedCall;
import dev.bailiff.gateway.error.ErrorReply;
import dev.bailiff.gateway.error.ReplyHeaders;
import dev.bailiff.gateway.request.RequestBody;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The first look at a request: sets the headers of every reply, answers {@code OPTIONS} and finds
 * the route, all before any token is read (admin-api 1.5, 1.10). JAX-RS neither matches exactly nor
 * distinguishes {@code %2F} from {@code /}. The path is therefore matched here as it was sent, and
 * handed on with each placeholder in a form that cannot be misread; see decision 0030.
 */
public final class RoutingFilter implements Filter {
  /** Request attribute: the client's address. */
  public static final String REMOTE_ADDRESS = "dev.bailiff.remote-address";

  private static final String OWN_PATHS = "/_bailiff/";

  private final RouteTable routes;

  public RoutingFilter(RouteTable routes) {
    this.routes = routes;
  }

  /** The served routes. */
  public RouteTable routes() {
    return routes;
  }

  @Override
  public void doFilter(
      ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
      throws IOException, ServletException {
    var request = (HttpServletRequest) servletRequest;
    var response = (HttpServletResponse) servletResponse;
    ReplyHeaders.ALL.forEach(response::setHeader);
    if (request.getRequestURI().startsWith(OWN_PATHS)) {
      ReplyHeaders.OWN.forEach(response::setHeader);
    }
    if (request.getMethod().equals("OPTIONS")) {
      response.setHeader("Cache-Control", null); // only for replies with a body
      response.setStatus(204);
      return;
    }
    var route = routes.find(request.getRequestURI());
    if (route.isEmpty()) {
      refuse(response, 404);
    } else if (!route.get().serves(request.getMethod())) {
      refuse(response, 405);
    } else {
      request.setAttribute(REMOTE_ADDRESS, request.getRemoteAddr());
      try {
        chain.doFilter(new RoutedRequest(request, route.get().safePath()), response);
      } finally {
        AuditedCall.end(); // the thread serves other calls next
        // A call that waits for its job has read its body by now.
        if (request.getAttribute(RequestBody.class.getName()) instanceof RequestBody body) {
          body.close();
        }
      }
    }
  }

  private static void refuse(HttpServletResponse response, int status) throws IOException {
    var body = ErrorReply.unrecognized(status).json().toString().getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
