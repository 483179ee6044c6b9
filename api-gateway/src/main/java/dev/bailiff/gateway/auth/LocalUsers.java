package dev.bailiff.gateway.auth;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.UserId;
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

  /** A local id, checked for its shape first: 400 {@code M_INVALID_PARAM}. */
  public UserId local(PathSegment id, String text) {
    var user = UserId.parse(id.value());
    requireLocal(user, text);
    return user;
  }

  /** The local id of somebody we know: 404 {@code M_NOT_FOUND} otherwise. */
  public UserId known(PathSegment id, String text) {
    var user = local(id, text);
    requireKnown(accounts.exists(user.value()));
    return user;
  }

  /**
   * Whatever ends in our name, whether or not it looks like a user id (admin-api 1.8,
   * "local-first"): 400 {@code M_UNKNOWN} with {@code text} otherwise.
   */
  public String localFirst(PathSegment id, String text) {
    if (!identity.isLocal(id.value())) {
      throw ApiException.bad(Errcode.M_UNKNOWN, text);
    }
    return id.value();
  }

  /** The id of somebody we know, local-first: 404 {@code M_NOT_FOUND} otherwise. */
  public String knownLocalFirst(PathSegment id, String text) {
    var user = localFirst(id, text);
    requireKnown(id.storable() && accounts.exists(user));
    return user;
  }

  /** A user that must be there: 404 {@code M_NOT_FOUND} otherwise. */
  public Account find(UserId user) {
    return accounts.find(user.value()).orElseThrow(LocalUsers::unknown);
  }

  private static void requireKnown(boolean known) {
    if (!known) {
      throw unknown();
    }
  }

  private static ApiException unknown() {
    return ApiException.notFound("User not found");
  }
}
