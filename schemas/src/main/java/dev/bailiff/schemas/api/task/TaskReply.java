package dev.bailiff.schemas.api.task;

import org.jspecify.annotations.Nullable;

/**
 * A task (admin-api 5.24). Every key is always present.
 *
 * @param action such as {@code purge_room}
 * @param status {@code scheduled}, {@code active}, {@code complete}, {@code failed} or {@code
 *     cancelled}
 * @param timestampMs time at which the task is due, until it begins; then the time of its last
 *     change; ms since the epoch
 * @param resourceId the room or user; null for a job with many targets unless the call asked for
 *     one
 * @param result the record that the status call of this action returns; null before the task begins
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
