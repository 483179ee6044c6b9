package dev.bailiff.homeserver.store.session;

/**
 * Where a user's token was used from (admin-api 4.5).
 *
 * @param lastSeenAt milliseconds since the epoch
 */
public record Connection(String ip, long lastSeenAt, String userAgent) {}
