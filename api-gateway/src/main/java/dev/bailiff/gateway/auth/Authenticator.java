package dev.bailiff.gateway.auth;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.homeserver.store.access.AccessTokens;
import dev.bailiff.homeserver.store.access.TokenOwner;
import dev.bailiff.homeserver.store.access.TokenUse;
import dev.bailiff.job.store.OperatorTokens;
import dev.bailiff.secret.Sha256;
import java.util.Optional;

/**
 * Decides who a token stands for and whether they may use the admin API, read anew for every
 * request.
 */
public final class Authenticator {
  private final AccessTokens accessTokens;
  private final OperatorTokens operatorTokens;
  private final Identity identity;

  public Authenticator(
      AccessTokens accessTokens, OperatorTokens operatorTokens, Identity identity) {
    this.accessTokens = accessTokens;
    this.operatorTokens = operatorTokens;
    this.identity = identity;
  }

  /** Where a request comes from. */
  public record Origin(String ip, String userAgent) {}

  /**
   * The admin whom a token stands for.
   *
   * @throws ApiException 401 or 403
   */
  Caller admin(byte[] token, Origin origin) {
    var sha256 = Sha256.of(token);
    var owner = accessTokens.find(sha256);
    if (owner.isEmpty()) {
      return operator(sha256).orElseThrow(() -> unknown(false));
    }
    var account = owner.get();
    // Deactivation takes the tokens; one that came back with an imported snapshot counts no more.
    if (account.deactivated()) {
      throw unknown(false);
    }
    if (account.expired()) {
      throw unknown(true);
    }
    if (account.locked()) {
      throw new ApiException(401, Errcode.M_USER_LOCKED, "This account has been locked")
          .with("soft_logout", true);
    }
    recordUse(account, origin);
    if (account.guest()) {
      throw new ApiException(403, Errcode.M_GUEST_ACCESS_FORBIDDEN, "Guests may not use this API");
    }
    if (!account.admin()) {
      throw new ApiException(403, Errcode.M_FORBIDDEN, "You are not a server admin");
    }
    var user = account.actingUser();
    return new Caller(user, Optional.of(user), user);
  }

  private Optional<Caller> operator(byte[] sha256) {
    return operatorTokens
        .find(sha256)
        .map(name -> new Caller("token:" + name, Optional.empty(), identity.operator()));
  }

  private void recordUse(TokenOwner account, Origin origin) {
    accessTokens.recordUse(
        new TokenUse(account.actingUser(), account.deviceId(), origin.ip(), origin.userAgent()));
  }

  private static ApiException unknown(boolean softLogout) {
    return new ApiException(401, Errcode.M_UNKNOWN_TOKEN, "Unrecognised access token")
        .with("soft_logout", softLogout);
  }
}
