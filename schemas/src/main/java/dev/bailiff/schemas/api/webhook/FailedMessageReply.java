package dev.bailiff.schemas.api.webhook;

import java.time.Instant;
import java.util.UUID;

/**
 * A message that was given up.
 *
 * @param number for a replay of this one
 * @param id as receivers see it in {@code webhook-id}
 * @param error of its last attempt
 */
public record FailedMessageReply(
    long number,
    String id,
    UUID job,
    String event,
    Instant at,
    Instant failedAt,
    int attempts,
    String error) {}
