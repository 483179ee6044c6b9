package dev.bailiff.schemas.api;

/**
 * A job that was submitted or cancelled just now.
 *
 * @param status as in {@link JobReply}
 */
public record JobStatusReply(String jobId, String status) {}
