package dev.bailiff.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A webhook as people see it: without its secret and the path of its address.
 *
 * @param receiver scheme, host and port
 * @param madeBy empty for the one of the configuration
 * @param deliveredAt when a message was last delivered
 * @param lastError of the last attempt, if it failed
 * @param waiting messages that are still to be delivered, counted up to {@link Webhooks#COUNTED}
 * @param failed messages that were given up, counted up to the same number
 */
public record Webhook(
    UUID id,
    String receiver,
    List<String> events,
    List<String> kinds,
    String description,
    Optional<String> madeBy,
    Instant createdAt,
    Optional<Instant> deliveredAt,
    Optional<String> lastError,
    int waiting,
    int failed) {}
