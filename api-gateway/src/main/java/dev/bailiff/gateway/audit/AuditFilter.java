package dev.bailiff.gateway.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.access.Scope;
import dev.bailiff.audit.AuditEntry;
import dev.bailiff.audit.AuditedCall;
import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.auth.rights.Rights;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.route.RoutingFilter;
import dev.bailiff.secret.ClientAddress;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has every call of admins and operators that changes something told in the audit, whether it is
 * accepted or refused, and every view of private content. Runs behind the authentication: who is
 * not known is not told, so that nobody without a token fills the audit.
 *
 * <p>A change has its row in its own transaction ({@link dev.bailiff.audit.AuditedTransactions}). A
 * view has it before anything is read: a view that cannot be told is refused. What is left,
 * refusals and calls that changed nothing, is told when the reply is known.
 */
@Priority(Priorities.AUTHORIZATION)
public final class AuditFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final Logger LOG = LoggerFactory.getLogger(AuditFilter.class);

  private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String JOB = "job_id";
  private static final String VIEWED = "viewed";

  private final Jdbi jdbi;

  public AuditFilter(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    var needs = needs(request);
    if (needs.isEmpty()) {
      return;
    }
    if (!READING.contains(request.getMethod())) {
      var call = call(request);
      request.setProperty(AuditedCall.class.getName(), call);
      call.begin();
    } else if (Arrays.asList(needs.get().value()).contains(Scope.CONTENT_READ)) {
      jdbi.useHandle(handle -> call(request).entry(VIEWED).insert(handle));
    }
  }

  /** Another thread may answer a call that waited. */
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(Caller.class.getName()) == null || needs(request).isEmpty()) {
      return;
    }
    AuditedCall.end(); // what follows is no change of the call
    boolean isChange = !READING.contains(request.getMethod());
    boolean isView =
        !isChange && Arrays.asList(needs(request).get().value()).contains(Scope.CONTENT_READ);
    boolean isRefused = response.getStatus() >= 400;
    var begun = request.getProperty(AuditedCall.class.getName());
    var call = begun instanceof AuditedCall known ? known : call(request);
    boolean isTold = call.isWritten() && (!isRefused || call.entry("").job() != null);
    if ((isChange && !isTold) || (isView && isRefused)) {
      tell(call.entry(result(response)));
    }
  }

  /** A refusal stands, also if it cannot be told. */
  private void tell(AuditEntry entry) {
    try {
      jdbi.useHandle(entry::insert);
    } catch (JdbiException e) {
      LOG.warn("the audit lacks '{}' with the result '{}'", entry.what(), entry.result(), e);
    }
  }

  private static String result(ContainerResponseContext response) {
    int status = response.getStatus();
    if (status < 400) {
      return "unchanged " + status;
    }
    var code =
        response.getEntity() instanceof ObjectNode error ? error.path("errcode").asText() : "";
    return ((status < 500 ? "refused " : "failed ") + status + " " + code).strip();
  }

  private static AuditedCall call(ContainerRequestContext request) {
    var caller = (Caller) request.getProperty(Caller.class.getName());
    var address = String.valueOf(request.getProperty(RoutingFilter.REMOTE_ADDRESS));
    return new AuditedCall(
        new AuditEntry(
            caller.requester(),
            caller.tokenId(),
            ClientAddress.of(address).literal(),
            request.getMethod() + " " + route(handler(request).orElseThrow()),
            whom(request),
            null,
            job(request).orElse(null),
            ""));
  }

  private static String route(Method method) {
    var base = method.getDeclaringClass().getAnnotation(Path.class);
    var path = method.getAnnotation(Path.class);
    return (base == null ? "" : base.value()) + (path == null ? "" : path.value());
  }

  /** What the path names, the user or room first. */
  private static @Nullable String whom(ContainerRequestContext request) {
    var named = request.getUriInfo().getPathParameters();
    var values = new ArrayList<String>();
    Rights.TARGETS.forEach(name -> values.addAll(named.getOrDefault(name, List.of())));
    named.forEach(
        (name, given) -> {
          if (!Rights.TARGETS.contains(name) && !name.equals(JOB)) {
            values.addAll(given);
          }
        });
    return values.isEmpty() ? null : PathSegment.fromString(values.get(0)).value();
  }

  private static Optional<UUID> job(ContainerRequestContext request) {
    var text = request.getUriInfo().getPathParameters().getFirst(JOB);
    try {
      return text == null
          ? Optional.empty()
          : Optional.of(UUID.fromString(PathSegment.fromString(text).value()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the call is refused for it
    }
  }

  private static Optional<Needs> needs(ContainerRequestContext request) {
    return handler(request).map(method -> method.getAnnotation(Needs.class));
  }

  private static Optional<Method> handler(ContainerRequestContext request) {
    return Optional.ofNullable(((ExtendedUriInfo) request.getUriInfo()).getMatchedResourceMethod())
        .map(method -> method.getInvocable().getHandlingMethod());
  }
}
