package dev.bailiff.homeserver.store.device;

import org.jspecify.annotations.Nullable;

/**
 * A device of a user (admin-api 4.19). The three components of its last sight are null together.
 *
 * @param lastSeenAt milliseconds since the epoch
 */
public record Device(
    String userId,
    String deviceId,
    @Nullable String displayName,
    @Nullable String lastSeenIp,
    @Nullable String lastSeenUserAgent,
    @Nullable Long lastSeenAt) {}
