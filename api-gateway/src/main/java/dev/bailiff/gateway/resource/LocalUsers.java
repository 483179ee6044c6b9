package dev.bailiff.gateway.resource;

import dev.bailiff.gateway.auth.Identity;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.http.UserId;
import dev.bailiff.homeserver.store.account.Account;
import dev.bailiff.homeserver.store.account.Accounts;

/** The checks that calls about one local user have in common. */
public final class LocalUsers {
  private final Accounts accounts;
  private final Identity identity;

  public LocalUsers(Accounts accounts, Identity identity) {
    this.accounts = accounts;
    this.identity = identity;
  }

  /** Demands a local id: 400 {@code M_UNKNOWN} with {@code text} otherwise. */
  public void requireLocal(UserId user, String text) {
    if (!identity.isLocal(user.value())) {
      throw ApiException.bad(Errcode.M_UNKNOWN, text);
    }
  }

  /** A user that must be there: 404 {@code M_NOT_FOUND} otherwise. */
  public Account find(UserId user) {
    return accounts.find(user.value()).orElseThrow(() -> ApiException.notFound("User not found"));
  }
}
