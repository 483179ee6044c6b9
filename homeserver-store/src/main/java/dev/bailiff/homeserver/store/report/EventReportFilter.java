package dev.bailiff.homeserver.store.report;

import org.jspecify.annotations.Nullable;

/**
 * A page of reports on events (admin-api 5.36). A null component filters nothing.
 *
 * @param from row offset
 * @param limit maximum number of reports
 * @param userId part of the reporter's id
 * @param roomId part of the room's id
 * @param sender whole id of the event's sender
 */
public record EventReportFilter(
    long from,
    long limit,
    boolean descending,
    @Nullable String userId,
    @Nullable String roomId,
    @Nullable String sender) {}
