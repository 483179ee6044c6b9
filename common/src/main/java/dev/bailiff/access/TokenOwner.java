package dev.bailiff.access;

import org.jspecify.annotations.Nullable;

/**
 * The users of an access token. The flags are those of the acting account, except {@code
 * deactivated}; they are false when that account is not in the store.
 *
 * @param owner the user the token belongs to; the token is deleted when this user logs out
 * @param puppets the user the token acts as, if that is somebody else (admin-api 4.15)
 * @param deviceId the device of the session; null for tokens without one
 * @param validUntilAt milliseconds since the epoch; null = never expires
 * @param expired whether {@code validUntilAt} is past, by the database's clock
 * @param deactivated whether the owner's account is deactivated. The deactivation of a user whom an
 *     admin acts as does not count, as such tokens survive it (admin-api 4.7, step 4)
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
