package dev.bailiff.schemas.api.registration;

import org.jspecify.annotations.Nullable;

/**
 * A token that lets people register (admin-api 5.38).
 *
 * @param usesAllowed null for any number
 * @param pending registrations that have begun with the token
 * @param completed registrations that have ended
 * @param expiryTime ms since the epoch; null for never
 */
public record RegistrationTokenReply(
    String token,
    @Nullable Long usesAllowed,
    long pending,
    long completed,
    @Nullable Long expiryTime) {}
