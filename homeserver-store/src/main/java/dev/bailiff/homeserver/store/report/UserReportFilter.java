package dev.bailiff.homeserver.store.report;

import org.jspecify.annotations.Nullable;

/**
 * A page of reports on users (admin-api 5.37). What is null filters nothing.
 *
 * @param from row offset
 * @param limit at most so many
 * @param userId part of the reporter's id
 * @param targetUserId part of the id of who is reported
 */
public record UserReportFilter(
    long from,
    long limit,
    boolean descending,
    @Nullable String userId,
    @Nullable String targetUserId) {}
