package dev.bailiff.schemas.api.user;

/**
 * The own limit of a user (admin-api 4.28, 4.29).
 *
 * @param messagesPerSecond messages allowed each second
 * @param burstCount messages allowed at once
 */
public record RateLimitReply(long messagesPerSecond, long burstCount) {}
