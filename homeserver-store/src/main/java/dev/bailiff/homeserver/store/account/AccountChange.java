package dev.bailiff.homeserver.store.account;

import dev.bailiff.homeserver.store.list.Patch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user to create or to modify (admin-api 4.2), validated and with its defaults resolved. A null
 * component leaves the stored value as it is.
 *
 * @param displayname the stored value; null inside removes it
 * @param threepids the whole new set
 * @param externalIds the whole new set
 * @param passwordHash bcrypt
 * @param logoutDevices whether a new password ends the sessions of an existing user
 * @param deactivated {@code false} reactivates; {@code true} is not allowed here, as deactivation
 *     is a job
 */
public record AccountChange(
    String userId,
    @Nullable Patch<String> displayname,
    @Nullable List<ThreepidKey> threepids,
    @Nullable List<ExternalId> externalIds,
    @Nullable Patch<String> avatarUrl,
    @Nullable Boolean admin,
    @Nullable String passwordHash,
    boolean logoutDevices,
    @Nullable Boolean deactivated,
    @Nullable Boolean locked,
    @Nullable Patch<String> userType) {}
