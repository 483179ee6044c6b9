package dev.bailiff.gateway.auth;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.access.TokenOwner;
import dev.bailiff.access.TokenOwners;
import dev.bailiff.access.TokenUse;
import dev.bailiff.gateway.auth.rights.Rights;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.secret.Sha256;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the owners of tokens in the own store, and among the operators' tokens. Reads them anew for
 * every request.
 */
public final class StoreAuthenticator implements Authenticator {
  private final TokenOwners tokenOwners;
  private final Operators operators;
  private final NotedUses notedUses;

  public StoreAuthenticator(
      TokenOwners tokenOwners, OperatorTokens operatorTokens, LocalServer localServer) {
    this(tokenOwners, operatorTokens, localServer, System::nanoTime);
  }

  /** With another clock for the remembered uses of tokens. */
  StoreAuthenticator(
      TokenOwners tokenOwners,
      OperatorTokens operatorTokens,
      LocalServer localServer,
      LongSupplier nanoTime) {
    this.tokenOwners = tokenOwners;
    this.operators = new Operators(operatorTokens, localServer);
    this.notedUses = new NotedUses(nanoTime);
  }

  @Override
  public Caller admit(byte[] token, Audience audience, @Nullable String self, Origin origin) {
    var sha256 = Sha256.of(token);
    if (audience.isOfAdmins() && operators.isKnown(sha256)) {
      var operator = operators.find(sha256, origin);
      if (operator.isPresent()) {
        return operator.get();
      }
    }
    var owner = tokenOwners.find(sha256);
    if (owner.isEmpty()) {
      // Operators have no account, so the calls for users do not accept operator tokens.
      return (audience.isOfAdmins() ? operators.find(sha256, origin) : Optional.<Caller>empty())
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
            new Session(sha256, account.owner(), user, account.deviceId(), account.guest())),
        Rights.ALL,
        Optional.empty(),
        Caller.digest(sha256));
  }

  /** If an admin acts as a user, the admin counts as seen (admin-api 4.15). */
  private void recordUse(byte[] sha256, TokenOwner account, Origin origin) {
    var use = new TokenUse(account.owner(), account.deviceId(), origin.ip(), origin.userAgent());
    if (!notedUses.isFresh(sha256, use.ip())) {
      notedUses.add(sha256, use.ip(), tokenOwners.recordUse(use));
    }
  }

  private static ApiException unknown(boolean softLogout) {
    return new ApiException(401, Errcode.M_UNKNOWN_TOKEN, "Invalid access token passed.")
        .with("soft_logout", softLogout);
  }
}
