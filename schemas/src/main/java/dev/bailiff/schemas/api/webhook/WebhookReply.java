package dev.bailiff.schemas.api.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook.
 *
 * @param receiver scheme, host and port of its address; the path may be a secret
 * @param kinds kinds of job; none: any
 * @param ofConfiguration whether {@code notify} of the configuration made it
 * @param madeBy null for the one of the configuration
 * @param lastError of the last attempt, if it failed
 * @param waiting messages to be delivered, counted up to 10,000
 * @param failed messages given up, counted up to 10,000
 */
public record WebhookReply(
    String id,
    String receiver,
    List<String> events,
    List<String> kinds,
    String description,
    boolean ofConfiguration,
    @Nullable String madeBy,
    Instant createdAt,
    @Nullable Instant deliveredAt,
    @Nullable String lastError,
    int waiting,
    int failed) {}
