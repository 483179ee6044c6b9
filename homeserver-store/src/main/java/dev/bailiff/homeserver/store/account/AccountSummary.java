package dev.bailiff.homeserver.store.account;

import org.jspecify.annotations.Nullable;

/**
 * A user in a list (admin-api 4.3). Times are milliseconds since the epoch.
 *
 * @param lastSeenAt latest over the devices, else over the recorded connections
 */
public record AccountSummary(
    String userId,
    boolean guest,
    boolean admin,
    @Nullable String userType,
    boolean deactivated,
    boolean erased,
    boolean shadowBanned,
    boolean locked,
    @Nullable String displayname,
    @Nullable String avatarUrl,
    long createdAt,
    @Nullable Long lastSeenAt) {}
