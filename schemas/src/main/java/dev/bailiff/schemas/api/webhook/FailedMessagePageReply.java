package dev.bailiff.schemas.api.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of messages that were given up, oldest first.
 *
 * @param next for the next page; null on the last one
 */
public record FailedMessagePageReply(List<FailedMessageReply> failed, @Nullable String next) {}
