package dev.bailiff.homeserver.store.access;

import org.jspecify.annotations.Nullable;

/**
 * Who stands behind an access token. The flags are those of the acting account; they are false when
 * it is not in the store.
 *
 * @param owner the user the token belongs to, who loses it on logout
 * @param puppets the user the token acts as, if that is somebody else (admin-api 4.15)
 * @param deviceId the device of the session; null for tokens without one
 * @param validUntilAt milliseconds since the epoch; null for ever
 * @param expired whether {@code validUntilAt} is past, by the database's clock
 */
public record TokenOwner(
    String owner,
    @Nullable String puppets,
    @Nullable String deviceId,
    @Nullable Long validUntilAt,
    boolean expired,
    boolean admin,
    boolean guest,
    boolean locked,
    boolean deactivated,
    boolean suspended) {

  /** The user whom the token acts as. */
  public String actingUser() {
    return puppets == null ? owner : puppets;
  }
}
