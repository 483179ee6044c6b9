package dev.bailiff.homeserver.store.account;

/** Replaces the usual rate limit of a user (admin-api 4.28); two zeros mean no limit. */
public record RateLimitOverride(long messagesPerSecond, long burstCount) {}
