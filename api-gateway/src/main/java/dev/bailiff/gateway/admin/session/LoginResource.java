package dev.bailiff.gateway.admin.session;

import dev.bailiff.gateway.auth.AllowedFor;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.LoginLimiter;
import dev.bailiff.gateway.auth.PasswordChecks;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyBudget;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.BodyLimit;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.account.LoginAccount;
import dev.bailiff.homeserver.store.session.AccessTokens;
import dev.bailiff.homeserver.store.session.NewSession;
import dev.bailiff.schemas.api.session.LoginFlowsReply;
import dev.bailiff.schemas.api.session.LoginFlowsReply.LoginFlow;
import dev.bailiff.schemas.api.session.LoginReply;
import dev.bailiff.secret.Secret;
import dev.bailiff.secret.Sha256;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Login by password, and the list of login types (admin-api 5.31, 5.32). */
@AllowedFor(Audience.EVERYBODY)
@Path("/_matrix/client")
@Produces(MediaType.APPLICATION_JSON)
public final class LoginResource {
  /** Anybody may send a body. No client has a reason to send more than some hundred bytes. */
  private static final BodyLimit LONGEST_BODY = new BodyLimit(64 * 1024, Duration.ofSeconds(5));

  /** For all bodies at once: their senders have not shown a token yet. */
  private static final BodyBudget BODIES = new BodyBudget(4 * 1024 * 1024);

  private static final int LONGEST_DEVICE_ID = 512;
  private static final int LONGEST_DISPLAY_NAME = 100;
  private static final int DEVICE_ID_LENGTH = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Accounts accounts;
  private final AccessTokens tokens;
  private final LocalServer localServer;
  private final LoginLimiter limiter;
  private final PasswordChecks passwords;
  private final boolean byPassword;

  /**
   * @param byPassword whether users log in by password here
   */
  public LoginResource(
      Accounts accounts,
      AccessTokens tokens,
      LocalServer localServer,
      LoginLimiter limiter,
      PasswordChecks passwords,
      boolean byPassword) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.localServer = localServer;
    this.limiter = limiter;
    this.passwords = passwords;
    this.byPassword = byPassword;
  }

  @GET
  @Path("/v3/login")
  public LoginFlowsReply flows() {
    var service = new LoginFlow("m.login.application_service");
    return new LoginFlowsReply(
        byPassword ? List.of(new LoginFlow("m.login.password"), service) : List.of(service));
  }

  @GET
  @Path("/r0/login")
  public LoginFlowsReply flowsOfOldClients() {
    return flows();
  }

  @POST
  @Path("/v3/login")
  public LoginReply login(@Context Call call) {
    // First of all: a client that comes too often must not hold a thread while its body arrives.
    limiter.admitFrom(call.origin().ip());
    var body = LoginBody.parse(call.body().required(LONGEST_BODY, BODIES));
    if (!byPassword) {
      throw LoginBody.unknownType();
    }
    var account = authenticated(body);
    checkLengths(body);
    var deviceId = body.deviceId() == null ? newDeviceId() : body.deviceId();
    var token = Secret.random();
    var session =
        new NewSession(
            account.userId(), Sha256.of(token), deviceId, body.displayName(), null, null);
    if (!tokens.open(session, Objects.requireNonNull(account.passwordHash()))) {
      throw refused();
    }
    return new LoginReply(account.userId(), token, deviceId, localServer.serverName().orElse(""));
  }

  @POST
  @Path("/r0/login")
  public LoginReply loginOfOldClients(@Context Call call) {
    return login(call);
  }

  /** Answers every mismatch with the same error, after the same work. */
  private LoginAccount authenticated(LoginBody body) {
    var name = body.name(localServer.serverName().orElse(""));
    // Before the store is asked: a limit on the stored user would reveal the owner of an address.
    limiter.admitTo(name);
    var account = userId(body, name).filter(StorableText::isShort).flatMap(accounts::findForLogin);
    @Nullable String hash = account.map(LoginAccount::passwordHash).orElse(null);
    if (!passwords.matches(body.password(), hash)) {
      throw refused();
    }
    var found = account.orElseThrow();
    if (found.deactivated()) {
      throw new ApiException(403, Errcode.M_USER_DEACTIVATED, "This account has been deactivated");
    }
    if (found.locked()) {
      throw new ApiException(401, Errcode.M_USER_LOCKED, "This account has been locked")
          .with("soft_logout", true);
    }
    return found;
  }

  private static ApiException refused() {
    return new ApiException(403, Errcode.M_FORBIDDEN, "Invalid username or password");
  }

  private Optional<String> userId(LoginBody body, String name) {
    var threepid = body.threepid();
    if (threepid != null) {
      return Optional.of(threepid)
          .filter(
              key ->
                  StorableText.fitsInPair(key.medium()) && StorableText.fitsInPair(key.address()))
          .flatMap(accounts::findByThreepid);
    }
    return Optional.of(name).filter(localServer::isLocal);
  }

  private static void checkLengths(LoginBody body) {
    if (body.deviceId() != null && BodyKeys.length(body.deviceId()) > LONGEST_DEVICE_ID) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "'device_id' is too long");
    }
    if (body.displayName() != null && BodyKeys.length(body.displayName()) > LONGEST_DISPLAY_NAME) {
      throw ApiException.bad(Errcode.M_TOO_LARGE, "'initial_device_display_name' is too long");
    }
  }

  private static String newDeviceId() {
    return RANDOM
        .ints(DEVICE_ID_LENGTH, 'A', 'Z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
