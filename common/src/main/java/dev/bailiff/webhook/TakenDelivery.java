package dev.bailiff.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that this process delivers now.
 *
 * @param attempt counted from 1
 * @param secret null: the message is not signed
 * @param isText whether the receiver wants a sentence for people
 */
public record TakenDelivery(
    long number,
    String messageId,
    UUID job,
    String event,
    Instant happenedAt,
    int attempt,
    WebhookAddress address,
    @Nullable SigningSecret secret,
    boolean isText) {}
