package dev.bailiff.homeserver.store.report;

/**
 * A report on a user.
 *
 * @param receivedAt ms since the epoch
 * @param targetUserId the reported user
 * @param userId the reporter
 */
public record UserReport(
    long id, long receivedAt, String targetUserId, String userId, String reason) {}
