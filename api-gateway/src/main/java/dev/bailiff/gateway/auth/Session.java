package dev.bailiff.gateway.auth;

import org.jspecify.annotations.Nullable;

/**
 * The session behind the access token of a call.
 *
 * @param tokenSha256 32 bytes
 * @param owner the owner of the token; if an admin acts as a user, the admin
 * @param actingUser the user that the token acts as
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
