package dev.bailiff.gateway.auth;

import org.jspecify.annotations.Nullable;

/**
 * What stands behind the access token of a call.
 *
 * @param tokenSha256 32 bytes
 * @param owner whose token it is; where an admin acts as a user, the admin
 * @param actingUser the user whom it acts as
 * @param deviceId null for tokens without a device
 * @param guest whether the acting user is a guest
 */
@SuppressWarnings("ArrayRecordComponent") // carried to one statement, never compared
public record Session(
    byte[] tokenSha256,
    String owner,
    String actingUser,
    @Nullable String deviceId,
    boolean guest) {}
