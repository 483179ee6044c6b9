package dev.bailiff.schemas.api.history;

/**
 * A purge that was submitted (admin-api 5.11).
 *
 * @param purgeId id of the job
 */
public record PurgeIdReply(String purgeId) {}
