package dev.bailiff.homeserver.store.registration;

import org.jspecify.annotations.Nullable;

/**
 * A token that lets people register.
 *
 * @param usesAllowed null for any number
 * @param pending registrations with this token that are begun and not yet completed
 * @param completed registrations completed with this token
 * @param expiryAt ms since the epoch; null = never expires
 */
public record RegistrationToken(
    String token,
    @Nullable Long usesAllowed,
    long pending,
    long completed,
    @Nullable Long expiryAt) {}
