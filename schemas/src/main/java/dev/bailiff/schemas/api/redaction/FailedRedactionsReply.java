package dev.bailiff.schemas.api.redaction;

import java.util.Map;

/**
 * The events that a job could not redact (admin-api 5.24).
 *
 * @param failedRedactions by event id, why the event could not be redacted
 */
public record FailedRedactionsReply(Map<String, String> failedRedactions) {}
