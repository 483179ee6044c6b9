package dev.bailiff.schemas.api.webhook;

/**
 * A webhook that was made.
 *
 * @param secret the key of its signatures; told this once
 */
public record NewWebhookReply(String id, String secret) {}
