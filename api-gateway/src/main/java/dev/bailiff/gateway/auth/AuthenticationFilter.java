package dev.bailiff.gateway.auth;

import dev.bailiff.gateway.http.QueryParameters;
import dev.bailiff.gateway.http.RequestBody;
import dev.bailiff.gateway.http.RoutingFilter;
import dev.bailiff.gateway.wait.Preference;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import org.glassfish.jersey.server.ExtendedUriInfo;

/**
 * Authentication and the admin check: after the route is known, before anything else of the request
 * is looked at (admin-api 1.3). Leaves the {@link Call} behind.
 */
@Priority(Priorities.AUTHENTICATION)
public final class AuthenticationFilter implements ContainerRequestFilter {
  private final Authenticator authenticator;
  private final long bodyLimit;

  /**
   * @param bodyLimit in bytes
   */
  public AuthenticationFilter(Authenticator authenticator, long bodyLimit) {
    this.authenticator = authenticator;
    this.bodyLimit = bodyLimit;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    var query = (QueryParameters) request.getProperty(QueryParameters.class.getName());
    var origin =
        new Authenticator.Origin(
            String.valueOf(request.getProperty(RoutingFilter.REMOTE_ADDRESS)),
            Optional.ofNullable(request.getHeaderString("User-Agent")).orElse(""));
    var caller =
        isOpen(request)
            ? Caller.NOBODY
            : authenticator.admin(
                TokenReading.token(headers(request, "Authorization"), query), origin);
    request.setProperty(
        Call.class.getName(),
        new Call(
            caller,
            origin,
            query,
            new RequestBody(request.getEntityStream(), bodyLimit),
            Preference.parse(headers(request, "Prefer")),
            headers(request, "Idempotency-Key")));
  }

  private static List<String> headers(ContainerRequestContext request, String name) {
    return request.getHeaders().getOrDefault(name, List.of());
  }

  private static boolean isOpen(ContainerRequestContext request) {
    var method =
        ((ExtendedUriInfo) request.getUriInfo())
            .getMatchedResourceMethod()
            .getInvocable()
            .getHandlingMethod();
    return isOpen(method) || isOpen(method.getDeclaringClass());
  }

  private static boolean isOpen(AnnotatedElement element) {
    return element.isAnnotationPresent(Open.class);
  }
}
