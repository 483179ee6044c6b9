package dev.bailiff.gateway.auth;

import dev.bailiff.gateway.auth.rights.AdminRights;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.auth.rights.Rights;
import dev.bailiff.gateway.job.wait.Preference;
import dev.bailiff.gateway.request.BodyBudget;
import dev.bailiff.gateway.request.BodyLimit;
import dev.bailiff.gateway.request.GzipBodies;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.gateway.request.RequestBody;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.gateway.route.RoutingFilter;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.glassfish.jersey.server.ExtendedUriInfo;

/**
 * Authenticates the caller and checks that the call is for them. This happens after the route is
 * known and before any other part of the request is read (admin-api 1.3). Leaves the {@link Call}
 * for the resource.
 */
@Priority(Priorities.AUTHENTICATION)
public final class AuthenticationFilter implements ContainerRequestFilter {
  private final Authenticator authenticator;
  private final BodyLimit bodyLimit;
  private final BodyBudget bodyBudget;
  private final AdminRights adminRights;

  /**
   * @param bodyLimit limit of the body in all calls that name no other limit
   * @param bodyBudget budget of the bodies of all these calls together
   * @param adminRights what server admins may with tokens of the homeserver
   */
  public AuthenticationFilter(
      Authenticator authenticator,
      BodyLimit bodyLimit,
      BodyBudget bodyBudget,
      AdminRights adminRights) {
    this.adminRights = adminRights;
    this.authenticator = authenticator;
    this.bodyLimit = bodyLimit;
    this.bodyBudget = bodyBudget;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    var query = (QueryParameters) request.getProperty(QueryParameters.class.getName());
    var origin =
        new Authenticator.Origin(
            String.valueOf(request.getProperty(RoutingFilter.REMOTE_ADDRESS)),
            Optional.ofNullable(request.getHeaderString("User-Agent")).orElse(""));
    var caller = caller(request, query, origin);
    request.setProperty(Caller.class.getName(), caller); // for the audit, also of a refusal
    requireRights(request, caller);
    var source =
        new RequestBody.Source(
            request.getEntityStream(),
            request.getLength(),
            request.getProperty(GzipBodies.ATTRIBUTE) != null,
            String.valueOf(request.getProperty(RequestBody.Source.TYPE)));
    var body = new RequestBody(source, bodyLimit, bodyBudget);
    request.setProperty(RequestBody.class.getName(), body); // for RoutingFilter, which closes it
    request.setProperty(
        Call.class.getName(),
        new Call(
            caller,
            origin,
            query,
            body,
            Preference.parse(headers(request, "Prefer")),
            headers(request, "Idempotency-Key")));
  }

  private static List<String> headers(ContainerRequestContext request, String name) {
    return request.getHeaders().getOrDefault(name, List.of());
  }

  private Caller caller(
      ContainerRequestContext request, QueryParameters query, Authenticator.Origin origin) {
    var audience = audience(request);
    var authorization = headers(request, "Authorization");
    if (audience == Audience.EVERYBODY
        || (audience == Audience.ANYBODY && TokenReading.isAbsent(authorization, query))) {
      return Caller.NOBODY;
    }
    // Whois alone looks at the id before the token (admin-api 4.5).
    var self = audience == Audience.ADMINS_AND_SELF ? userOfPath(request) : null;
    return authenticator.admit(TokenReading.token(authorization, query), audience, self, origin);
  }

  /** The audience of a call says whether it needs rights at all; then it names them. */
  private void requireRights(ContainerRequestContext request, Caller caller) {
    var needs = handler(request).getAnnotation(Needs.class);
    if (needs == null) {
      return;
    }
    if (caller.account().isPresent()) {
      adminRights.require(needs, request.getUriInfo().getPath());
    }
    caller.rights().require(needs);
    var named = request.getUriInfo().getPathParameters();
    for (var name : Rights.TARGETS) {
      for (var id : named.getOrDefault(name, List.of())) {
        caller.rights().requireTarget(PathSegment.fromString(id).value());
      }
    }
  }

  private static String userOfPath(ContainerRequestContext request) {
    var segment = request.getUriInfo().getPathParameters().getFirst("user_id");
    return UserId.parse(PathSegment.fromString(segment).value()).value();
  }

  private static Audience audience(ContainerRequestContext request) {
    var method = handler(request);
    return audience(method).or(() -> audience(method.getDeclaringClass())).orElse(Audience.ADMINS);
  }

  private static Method handler(ContainerRequestContext request) {
    return ((ExtendedUriInfo) request.getUriInfo())
        .getMatchedResourceMethod()
        .getInvocable()
        .getHandlingMethod();
  }

  private static Optional<Audience> audience(AnnotatedElement element) {
    return Optional.ofNullable(element.getAnnotation(AllowedFor.class)).map(AllowedFor::value);
  }
}
