package dev.bailiff.homeserver.store.session;

/**
 * A recorded use of a user's tokens: its address, time and user agent (admin-api 4.5).
 *
 * @param lastSeenAt milliseconds since the epoch
 */
public record Connection(String ip, long lastSeenAt, String userAgent) {}
