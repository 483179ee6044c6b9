package dev.bailiff.schemas.api.report;

/**
 * A report on a user (admin-api 5.37).
 *
 * @param receivedTs ms since the epoch
 * @param targetUserId the user who is reported
 * @param userId the user who reported
 */
public record UserReportReply(
    long id, long receivedTs, String targetUserId, String userId, String reason) {}
