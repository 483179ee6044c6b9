package dev.bailiff.gateway.admin.session;

import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.auth.Session;
import dev.bailiff.homeserver.store.session.SessionToKeep;
import org.jspecify.annotations.Nullable;

/** The session that a user keeps when the password changes (admin-api 4.8). */
public final class CallerSession {

  private CallerSession() {}

  /** The session of the caller if it belongs to the user; else null. */
  public static @Nullable SessionToKeep of(Caller caller, String user) {
    return caller
        .session()
        .filter(session -> session.owner().equals(user))
        .map(CallerSession::kept)
        .orElse(null);
  }

  private static SessionToKeep kept(Session session) {
    return new SessionToKeep(session.tokenSha256(), session.deviceId());
  }
}
