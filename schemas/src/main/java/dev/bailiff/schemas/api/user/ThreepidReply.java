package dev.bailiff.schemas.api.user;

/**
 * A third-party id of a user (admin-api 4.1).
 *
 * @param medium {@code email} or {@code msisdn}
 * @param addedAt ms since the epoch
 * @param validatedAt ms since the epoch
 */
public record ThreepidReply(String medium, String address, long addedAt, long validatedAt) {}
