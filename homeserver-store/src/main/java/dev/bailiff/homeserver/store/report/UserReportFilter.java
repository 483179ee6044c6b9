package dev.bailiff.homeserver.store.report;

import org.jspecify.annotations.Nullable;

/**
 * A page of reports on users (admin-api 5.37). A null component filters nothing.
 *
 * @param from row offset
 * @param limit maximum number of reports
 * @param userId part of the reporter's id
 * @param targetUserId part of the reported user's id
 */
public record UserReportFilter(
    long from,
    long limit,
    boolean descending,
    @Nullable String userId,
    @Nullable String targetUserId) {}
