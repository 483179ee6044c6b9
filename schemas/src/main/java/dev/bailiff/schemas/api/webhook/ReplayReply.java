package dev.bailiff.schemas.api.webhook;

/** How many messages are delivered once more. */
public record ReplayReply(int replayed) {}
