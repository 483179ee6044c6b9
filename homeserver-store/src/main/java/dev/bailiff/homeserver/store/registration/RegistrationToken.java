package dev.bailiff.homeserver.store.registration;

import org.jspecify.annotations.Nullable;

/**
 * A token that lets people register.
 *
 * @param usesAllowed null for any number
 * @param pending registrations that have begun with it
 * @param completed those that have ended
 * @param expiryAt ms since the epoch; null for never
 */
public record RegistrationToken(
    String token,
    @Nullable Long usesAllowed,
    long pending,
    long completed,
    @Nullable Long expiryAt) {}
