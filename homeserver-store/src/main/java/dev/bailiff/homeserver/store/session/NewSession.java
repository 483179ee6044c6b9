package dev.bailiff.homeserver.store.session;

import org.jspecify.annotations.Nullable;

/**
 * A session to open (admin-api 5.32). A device that is known already gets one more token and keeps
 * its name.
 *
 * @param tokenSha256 32 bytes
 * @param deviceId null only for tokens that act as somebody else
 * @param displayName name for a new device
 * @param validUntilAt milliseconds since the epoch; null = never expires
 * @param puppets the user the token acts as; null if the token acts as its owner
 */
@SuppressWarnings("ArrayRecordComponent") // carried to one statement, never compared
public record NewSession(
    String userId,
    byte[] tokenSha256,
    @Nullable String deviceId,
    @Nullable String displayName,
    @Nullable Long validUntilAt,
    @Nullable String puppets) {}
