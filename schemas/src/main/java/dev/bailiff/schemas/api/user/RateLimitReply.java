package dev.bailiff.schemas.api.user;

/**
 * The limit of a user who has one of their own (admin-api 4.28, 4.29).
 *
 * @param messagesPerSecond messages that may come each second
 * @param burstCount messages that may come at once
 */
public record RateLimitReply(long messagesPerSecond, long burstCount) {}
