package dev.bailiff.homeserver.store.account;

/** What is set in place of the usual rate limit of a user (admin-api 4.28); both 0 is no limit. */
public record RateLimitOverride(long messagesPerSecond, long burstCount) {}
