package dev.bailiff.homeserver.store.account;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Ends sessions, set-based and as part of the caller's transaction. */
public final class Sessions {

  /**
   * Step 3 of admin-api 4.7: devices, their keys, their pushers. Key backups belong to no device.
   */
  private static final List<String> END =
      List.of(
          "delete from homeserver.e2e_key where user_id = any (:users) and kind <> 'backup'",
          """
          delete from homeserver.pusher p using homeserver.device d
          where p.user_id = any (:users) and d.user_id = p.user_id and d.device_id = p.device_id
          """,
          "delete from homeserver.device where user_id = any (:users)",
          // owned tokens only: one by which an admin acts as the user belongs to the admin
          "delete from homeserver.access_token where user_id = any (:users)");

  private Sessions() {}

  /** Deletes all devices of users with their keys and pushers, and all tokens the users own. */
  public static void end(Handle handle, List<String> users) {
    for (String statement : END) {
      handle.createUpdate(statement).bindArray("users", String.class, users).execute();
    }
  }
}
