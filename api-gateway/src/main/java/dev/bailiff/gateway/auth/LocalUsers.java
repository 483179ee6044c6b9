package dev.bailiff.gateway.auth;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.homeserver.deactivation.KnownUsers;

/** The common checks of calls on one local user. */
public final class LocalUsers {
  private static final String UNKNOWN = "User not found";

  private final KnownUsers knownUsers;
  private final LocalServer localServer;

  public LocalUsers(KnownUsers knownUsers, LocalServer localServer) {
    this.knownUsers = knownUsers;
    this.localServer = localServer;
  }

  /** Requires a local id: 400 {@code M_UNKNOWN} with {@code text} otherwise. */
  public void requireLocal(UserId user, String text) {
    if (!localServer.isLocal(user.value())) {
      throw ApiException.bad(Errcode.M_UNKNOWN, text);
    }
  }

  /** A local id, checked for its shape first: 400 {@code M_INVALID_PARAM}. */
  public UserId local(PathSegment id, String text) {
    var user = UserId.parse(id.value());
    requireLocal(user, text);
    return user;
  }

  /** The local id of a known user: 404 {@code M_NOT_FOUND} otherwise. */
  public UserId known(PathSegment id, String text) {
    return known(id, text, UNKNOWN);
  }

  /** The local id of a known user: 404 {@code M_NOT_FOUND} with {@code unknown} otherwise. */
  public UserId known(PathSegment id, String text, String unknown) {
    var user = local(id, text);
    if (!knownUsers.exists(user.value())) {
      throw ApiException.notFound(unknown);
    }
    return user;
  }

  /**
   * Any text that ends in our server name, even if it does not look like a user id (admin-api 1.8,
   * "local-first"): 400 {@code M_UNKNOWN} with {@code text} otherwise.
   */
  public String localFirst(PathSegment id, String text) {
    if (!localServer.isLocal(id.value())) {
      throw ApiException.bad(Errcode.M_UNKNOWN, text);
    }
    return id.value();
  }

  /** The id of a known user, local-first: 404 {@code M_NOT_FOUND} otherwise. */
  public String knownLocalFirst(PathSegment id, String text) {
    var user = localFirst(id, text);
    if (!id.storable() || !knownUsers.exists(user)) {
      throw unknown();
    }
    return user;
  }

  /** The error for an unknown user: 404 {@code M_NOT_FOUND}. */
  public static ApiException unknown() {
    return ApiException.notFound(UNKNOWN);
  }
}
