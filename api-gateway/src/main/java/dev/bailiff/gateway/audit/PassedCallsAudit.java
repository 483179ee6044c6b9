package dev.bailiff.gateway.audit;

import dev.bailiff.access.Scope;
import dev.bailiff.audit.AuditEntry;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.auth.Authenticator;
import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.auth.rights.Rights;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.ErrorMapper;
import dev.bailiff.gateway.error.ErrorReply;
import dev.bailiff.gateway.proxy.PassedAudit;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.gateway.route.ScopedRoutes;
import dev.bailiff.gateway.route.ScopedRoutes.ScopedCall;
import dev.bailiff.secret.ClientAddress;
import dev.bailiff.secret.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the audit of calls to the admin API that go to a Synapse and change something or show
 * private content. The homeserver has another database, so there are two rows: {@code asked} before
 * the call goes on, and its status when the answer has ended. A row without the other says that
 * nobody knows what became of the call.
 *
 * <p>A caller whom Synapse refuses is not told, so that its users cannot fill the audit. If Synapse
 * cannot tell who calls, the row has the digest of the token alone.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class PassedCallsAudit implements PassedAudit {
  private static final Logger LOG = LoggerFactory.getLogger(PassedCallsAudit.class);

  private static final String ADMIN_API = "/_synapse/admin/";
  private static final String SCHEME = "Bearer ";
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final String ASKED = "asked";

  private final Jdbi jdbi;
  private final Authenticator authenticator;
  private final Supplier<ScopedRoutes> routes;
  private volatile @Nullable ScopedRoutes table;

  /**
   * @param authenticator asks who a token of Synapse's own stands for
   * @param routes reads the table of routes, which takes a second; asked once
   */
  public PassedCallsAudit(Jdbi jdbi, Authenticator authenticator, Supplier<ScopedRoutes> routes) {
    this.jdbi = jdbi;
    this.authenticator = authenticator;
    this.routes = routes;
  }

  @Override
  public Optional<ErrorReply> before(Request request, @Nullable ErrorReply refusal) {
    try {
      var entry = entry(request);
      if (entry.isPresent()) {
        var row = refusal == null ? entry.get() : entry.get().with(refused(refusal));
        jdbi.useHandle(row::insert);
        request.setAttribute(AuditEntry.class.getName(), row);
      }
      return Optional.empty();
    } catch (JdbiException e) {
      return Optional.of(ErrorMapper.replyTo(e));
    }
  }

  @Override
  public void after(Request request, int status) {
    if (request.getAttribute(AuditEntry.class.getName()) instanceof AuditEntry entry) {
      try {
        jdbi.useHandle(entry.with("answered " + status)::insert);
      } catch (JdbiException e) {
        LOG.warn("the audit does not say how '{}' ended, with {}", entry.what(), status, e);
      }
    }
  }

  private static String refused(ErrorReply refusal) {
    return "refused " + refusal.status() + " " + refusal.errcode();
  }

  private Optional<AuditEntry> entry(Request request) {
    var path = request.getHttpURI().getPath();
    var call = table().find(request.getMethod(), path);
    if (!isTold(request.getMethod(), path, call)) {
      return Optional.empty();
    }
    var address = ClientAddress.of(Request.getRemoteAddr(request)).literal();
    if (request.getAttribute(Caller.class.getName()) instanceof Caller caller) {
      return Optional.of(entry(request, call, caller.requester(), caller.tokenId(), address));
    }
    var token = token(request);
    if (token.isEmpty()) {
      return Optional.empty(); // the homeserver refuses it
    }
    var digest = Caller.digest(Sha256.of(token.get()));
    try {
      var caller =
          authenticator.admit(
              token.get(), Audience.ADMINS, null, new Authenticator.Origin(address, ""));
      return Optional.of(entry(request, call, caller.requester(), digest, address));
    } catch (ApiException e) {
      boolean isRefused = e.reply().status() == 401 || e.reply().status() == 403;
      return isRefused
          ? Optional.empty()
          : Optional.of(entry(request, call, null, digest, address));
    }
  }

  private static boolean isTold(String method, String path, Optional<ScopedCall> call) {
    if (READING.contains(method)) {
      return call.filter(known -> known.scopes().contains(Scope.CONTENT_READ.word())).isPresent();
    }
    return path.startsWith(ADMIN_API) || call.filter(known -> !known.isPublic()).isPresent();
  }

  private static AuditEntry entry(
      Request request,
      Optional<ScopedCall> call,
      @Nullable String who,
      String token,
      String address) {
    return new AuditEntry(
        who,
        token,
        address,
        request.getMethod()
            + " "
            + call.map(ScopedCall::route).orElseGet(() -> request.getHttpURI().getPath()),
        call.flatMap(PassedCallsAudit::whom).orElse(null),
        null,
        null,
        ASKED);
  }

  private static Optional<String> whom(ScopedCall call) {
    return Rights.TARGETS.stream()
        .flatMap(name -> Optional.ofNullable(call.ids().get(name)).stream())
        .findFirst()
        .or(() -> call.ids().values().stream().findFirst());
  }

  private static Optional<byte[]> token(Request request) {
    var header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header != null && header.startsWith(SCHEME)) {
      return Optional.of(header.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
    }
    return QueryParameters.parse(request.getHttpURI().getQuery()).bytes("access_token");
  }

  private ScopedRoutes table() {
    var known = table;
    if (known == null) {
      known = routes.get();
      table = known;
    }
    return known;
  }
}
