package dev.bailiff.homeserver.store.membership;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Profiles of users who enter or create rooms; a user without an account has an empty profile. */
public final class Profiles {

  public record Profile(
      @Nullable String displayname,
      @Nullable String avatarUrl,
      boolean suspended,
      boolean deactivated) {}

  private static final String FIND =
      """
      select displayname, avatar_url, suspended, deactivated
      from homeserver.account
      where user_id = :user
      """;

  private Profiles() {}

  public static Profile find(Handle handle, String user) {
    return find(handle, user, FIND);
  }

  /**
   * Reads a profile and locks its account: an account that is open stays open until the transaction
   * ends.
   */
  public static Profile lock(Handle handle, String user) {
    return find(handle, user, FIND + " for share");
  }

  private static Profile find(Handle handle, String user, String statement) {
    return handle
        .createQuery(statement)
        .bind("user", user)
        .map(
            (rs, ctx) ->
                new Profile(
                    rs.getString("displayname"),
                    rs.getString("avatar_url"),
                    rs.getBoolean("suspended"),
                    rs.getBoolean("deactivated")))
        .findOne()
        .orElse(new Profile(null, null, false, false));
  }
}
