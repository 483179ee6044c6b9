package dev.bailiff.gateway.synapse;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bailiff.gateway.auth.Authenticator;
import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.auth.Operators;
import dev.bailiff.gateway.auth.rights.Rights;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.error.ErrorReply;
import dev.bailiff.gateway.proxy.OwnTokens;
import dev.bailiff.gateway.route.ScopedRoutes;
import dev.bailiff.homeserver.synapse.http.ServiceToken;
import dev.bailiff.secret.Sha256;
import dev.bailiff.secret.TokenText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Passes calls with a token of Bailiff's own to Synapse as calls of the service account, if the
 * token has the scopes of the call by the table of routes. A call that is not in the table is
 * refused.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class ServiceAccountCalls implements OwnTokens {
  private static final String SCHEME = "Bearer ";

  /** Tokens of older releases have no mark; what Synapse gives looks otherwise. */
  private static final Pattern OLDER = Pattern.compile("[A-Za-z0-9_-]{43}");

  private static final Pattern IN_QUERY = Pattern.compile("(^|&)access_token=bailiff_");

  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  /**
   * Synapse closes an account by this call too, and what its body says is not looked at on the way.
   */
  private static final String ACCOUNT = "/_synapse/admin/v2/users/";

  private static final String CLOSES_ACCOUNTS = "deactivate-users";

  private final Operators operators;
  private final Supplier<ScopedRoutes> routes;
  private final ServiceToken service;
  private final Cache<ByteBuffer, Boolean> others =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(REMEMBERED).build();

  private volatile @Nullable ScopedRoutes table;

  /**
   * @param routes reads the table, which takes a second; asked once
   * @param service the token of the service account
   */
  ServiceAccountCalls(Operators operators, Supplier<ScopedRoutes> routes, ServiceToken service) {
    this.operators = operators;
    this.routes = routes;
    this.service = service;
  }

  @Override
  public Optional<Passage> passage(Request request) {
    var query = request.getHttpURI().getQuery();
    if (query != null && IN_QUERY.matcher(query).find()) {
      return refused(
          401,
          Errcode.M_MISSING_TOKEN,
          "A token of Bailiff's own goes into the header Authorization");
    }
    var header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header == null || !header.startsWith(SCHEME)) {
      return Optional.empty();
    }
    var token = header.substring(SCHEME.length());
    boolean isMarked = TokenText.isToken(token);
    if (!isMarked && !OLDER.matcher(token).matches()) {
      return Optional.empty();
    }
    try {
      return caller(token, Request.getRemoteAddr(request))
          .map(
              caller -> {
                request.setAttribute(Caller.class.getName(), caller); // for the audit
                return passage(caller, request);
              })
          .or(
              () ->
                  isMarked
                      ? refused(401, Errcode.M_UNKNOWN_TOKEN, "Invalid access token passed.")
                      : Optional.empty());
    } catch (ApiException e) {
      return Optional.of(new Passage.Refused(e.reply()));
    }
  }

  private Optional<Caller> caller(String token, String address) {
    var sha256 = Sha256.of(token.getBytes(StandardCharsets.UTF_8));
    var key = ByteBuffer.wrap(sha256);
    if (others.getIfPresent(key) != null) {
      return Optional.empty();
    }
    var caller = operators.find(sha256, new Authenticator.Origin(address, ""));
    if (caller.isEmpty()) {
      others.put(key, true);
    }
    return caller;
  }

  private Passage passage(Caller caller, Request request) {
    var path = request.getHttpURI().getPath();
    var call =
        table()
            .find(request.getMethod(), path)
            .orElseThrow(
                () ->
                    new ApiException(
                        403, Errcode.M_FORBIDDEN, "No token of Bailiff's own may make this call"));
    if (call.isPublic()) {
      return new Passage.WithoutToken();
    }
    var rights = caller.rights();
    call.scopes().forEach(rights::requireScope);
    if (request.getMethod().equals("PUT") && path.startsWith(ACCOUNT) && call.ids().size() == 1) {
      rights.requireSubmission(CLOSES_ACCOUNTS);
    }
    Rights.TARGETS.forEach(
        name -> Optional.ofNullable(call.ids().get(name)).ifPresent(rights::requireTarget));
    return new Passage.With(service.value());
  }

  private ScopedRoutes table() {
    var known = table;
    if (known == null) {
      known = routes.get();
      table = known;
    }
    return known;
  }

  private static Optional<Passage> refused(int status, Errcode code, String text) {
    return Optional.of(new Passage.Refused(ErrorReply.of(status, code, text)));
  }
}
