package dev.bailiff.homeserver.store.report;

import org.jspecify.annotations.Nullable;

/**
 * A page of reports on events (admin-api 5.36). What is null filters nothing.
 *
 * @param from row offset
 * @param limit at most so many
 * @param userId part of the reporter's id
 * @param roomId part of the room's id
 * @param sender of the event, whole
 */
public record EventReportFilter(
    long from,
    long limit,
    boolean descending,
    @Nullable String userId,
    @Nullable String roomId,
    @Nullable String sender) {}
