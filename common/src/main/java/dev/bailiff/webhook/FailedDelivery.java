package dev.bailiff.webhook;

import java.time.Instant;
import java.util.UUID;

/**
 * A message that was given up.
 *
 * @param number ascending, for paging and for replays
 * @param error of its last attempt
 */
public record FailedDelivery(
    long number,
    String messageId,
    UUID job,
    String event,
    Instant happenedAt,
    Instant failedAt,
    int attempts,
    String error) {}
