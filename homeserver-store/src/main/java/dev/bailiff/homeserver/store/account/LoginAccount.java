package dev.bailiff.homeserver.store.account;

import org.jspecify.annotations.Nullable;

/**
 * The columns of an account that a login needs (admin-api 5.32).
 *
 * @param userId as stored
 * @param passwordHash bcrypt; null when no password is set
 */
public record LoginAccount(
    String userId, @Nullable String passwordHash, boolean deactivated, boolean locked) {}
