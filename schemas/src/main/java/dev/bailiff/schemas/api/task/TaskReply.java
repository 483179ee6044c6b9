package dev.bailiff.schemas.api.task;

import org.jspecify.annotations.Nullable;

/**
 * A task (admin-api 5.24). Every key is always present.
 *
 * @param action such as {@code purge_room}
 * @param status {@code scheduled}, {@code active}, {@code complete}, {@code failed} or {@code
 *     cancelled}
 * @param timestampMs when it is due before it begins, then when it last changed; ms since the epoch
 * @param resourceId the room or user; null of a job with many targets unless one was asked for
 * @param result the record that the status call of this action has; null before the task begins
 * @param error why the task failed; null otherwise
 */
public record TaskReply(
    String id,
    String action,
    String status,
    long timestampMs,
    @Nullable String resourceId,
    @Nullable Record result,
    @Nullable String error) {}
