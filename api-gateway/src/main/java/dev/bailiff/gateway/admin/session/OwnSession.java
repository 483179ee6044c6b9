package dev.bailiff.gateway.admin.session;

import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.auth.Session;
import dev.bailiff.homeserver.store.session.KeptSession;
import org.jspecify.annotations.Nullable;

/** The session that a user keeps when the password changes (admin-api 4.8). */
public final class OwnSession {

  private OwnSession() {}

  /** The session of the caller if it belongs to the user; else null. */
  public static @Nullable KeptSession of(Caller caller, String user) {
    return caller
        .session()
        .filter(session -> session.owner().equals(user))
        .map(OwnSession::kept)
        .orElse(null);
  }

  private static KeptSession kept(Session session) {
    return new KeptSession(session.tokenSha256(), session.deviceId());
  }
}
