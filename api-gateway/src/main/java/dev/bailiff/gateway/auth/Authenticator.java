package dev.bailiff.gateway.auth;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.access.TokenOwner;
import dev.bailiff.access.TokenOwners;
import dev.bailiff.access.TokenUse;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.secret.Sha256;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whom a token stands for and whether a call is for them. Both are read anew for every
 * request.
 */
public final class Authenticator {
  private final TokenOwners tokenOwners;
  private final OperatorTokens operatorTokens;
  private final LocalServer localServer;
  private final NotedUses notedUses;
  private final KnownOperators knownOperators = new KnownOperators();

  public Authenticator(
      TokenOwners tokenOwners, OperatorTokens operatorTokens, LocalServer localServer) {
    this(tokenOwners, operatorTokens, localServer, System::nanoTime);
  }

  /** With another clock for the remembered uses of tokens. */
  Authenticator(
      TokenOwners tokenOwners,
      OperatorTokens operatorTokens,
      LocalServer localServer,
      LongSupplier nanoTime) {
    this.tokenOwners = tokenOwners;
    this.operatorTokens = operatorTokens;
    this.localServer = localServer;
    this.notedUses = new NotedUses(nanoTime);
  }

  /** The address and the user agent of a request. */
  public record Origin(String ip, String userAgent) {}

  /**
   * The caller that a token stands for, if the call is for them.
   *
   * @param self the user whom the path names, for {@link Audience#ADMINS_AND_SELF}
   * @throws ApiException 401 or 403
   */
  Caller admit(byte[] token, Audience audience, @Nullable String self, Origin origin) {
    var sha256 = Sha256.of(token);
    if (audience.isOfAdmins() && knownOperators.contains(sha256)) {
      var operator = operator(sha256);
      if (operator.isPresent()) {
        return operator.get();
      }
    }
    var owner = tokenOwners.find(sha256);
    if (owner.isEmpty()) {
      // Operators have no account, so the calls for users do not accept operator tokens.
      return (audience.isOfAdmins() ? operator(sha256) : Optional.<Caller>empty())
          .orElseThrow(() -> unknown(false));
    }
    var account = owner.get();
    // Deactivation deletes the tokens. One that came back with an imported snapshot is not valid.
    if (account.deactivated()) {
      throw unknown(false);
    }
    if (account.expired() && !audience.admitsExpired()) {
      throw unknown(true);
    }
    if (account.locked() && !audience.admitsLocked()) {
      throw new ApiException(401, Errcode.M_USER_LOCKED, "This account has been locked")
          .with("soft_logout", true);
    }
    recordUse(sha256, account, origin);
    if (account.guest() && !audience.admitsGuests()) {
      throw new ApiException(403, Errcode.M_GUEST_ACCESS_FORBIDDEN, "Guests may not use this API");
    }
    var user = account.actingUser();
    if (audience.isOfAdmins() && !account.admin() && !user.equals(self)) {
      throw new ApiException(403, Errcode.M_FORBIDDEN, "You are not a server admin");
    }
    return new Caller(
        user,
        Optional.of(user),
        user,
        Optional.of(
            new Session(sha256, account.owner(), user, account.deviceId(), account.guest())));
  }

  private Optional<Caller> operator(byte[] sha256) {
    return operatorTokens
        .find(sha256)
        .map(
            name -> {
              knownOperators.add(sha256);
              return new Caller(
                  "token:" + name, Optional.empty(), localServer.operator(), Optional.empty());
            });
  }

  /** If an admin acts as a user, the admin counts as seen (admin-api 4.15). */
  private void recordUse(byte[] sha256, TokenOwner account, Origin origin) {
    var use = new TokenUse(account.owner(), account.deviceId(), origin.ip(), origin.userAgent());
    if (!notedUses.isFresh(sha256, use.ip())) {
      notedUses.add(sha256, use.ip(), tokenOwners.recordUse(use));
    }
  }

  private static ApiException unknown(boolean softLogout) {
    return new ApiException(401, Errcode.M_UNKNOWN_TOKEN, "Unrecognised access token")
        .with("soft_logout", softLogout);
  }
}
