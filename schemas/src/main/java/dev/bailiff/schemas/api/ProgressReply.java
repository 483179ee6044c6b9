package dev.bailiff.schemas.api;

/**
 * Counters in items (users, rooms, events, files); {@code total} grows while stages are planned.
 */
public record ProgressReply(long total, long done, long failed, long skipped) {}
