package dev.bailiff.schemas.api.webhook;

import java.util.List;

/** All webhooks, oldest first. */
public record WebhookListReply(List<WebhookReply> webhooks) {}
