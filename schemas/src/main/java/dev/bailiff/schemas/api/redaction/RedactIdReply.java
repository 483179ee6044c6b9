package dev.bailiff.schemas.api.redaction;

/**
 * A redaction that was submitted (admin-api 4.34).
 *
 * @param redactId id of the job
 */
public record RedactIdReply(String redactId) {}
