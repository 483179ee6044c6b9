package dev.bailiff.homeserver.store.session;

import dev.bailiff.homeserver.store.device.DeviceRemovals;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Ends sessions, set-based and as part of the caller's transaction. */
public final class Sessions {

  // Only tokens that the users own: a token by which an admin acts as the user belongs to the
  // admin.
  public static final String DROP_TOKENS =
      "delete from homeserver.access_token where user_id = any (:users)";

  public static final String DROP_OTHER_TOKENS =
      "delete from homeserver.access_token where user_id = :user and token_sha256 <> :sha256";

  private Sessions() {}

  /**
   * Steps 3 and 4 of admin-api 4.7: deletes all devices of users with their keys and pushers, and
   * all tokens the users own.
   */
  public static void end(Handle handle, List<String> users) {
    DeviceRemovals.ofAll(handle, users);
    handle.createUpdate(DROP_TOKENS).bindArray("users", String.class, users).execute();
  }

  /**
   * Deletes the devices and tokens of one user as {@link #end} does, except one session: its token,
   * and its device if it has one.
   */
  public static void endOthers(Handle handle, String user, SessionToKeep kept) {
    if (kept.deviceId() == null) {
      DeviceRemovals.ofAll(handle, List.of(user));
    } else {
      DeviceRemovals.ofAllBut(handle, user, kept.deviceId());
    }
    handle
        .createUpdate(DROP_OTHER_TOKENS)
        .bind("user", user)
        .bind("sha256", kept.tokenSha256())
        .execute();
  }
}
