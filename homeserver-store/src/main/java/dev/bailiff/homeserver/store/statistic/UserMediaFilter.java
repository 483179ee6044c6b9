package dev.bailiff.homeserver.store.statistic;

import org.jspecify.annotations.Nullable;

/**
 * Selects the users and media to count (admin-api 5.39).
 *
 * @param from row offset
 * @param limit maximum number of users
 * @param createdFrom ms since the epoch, inclusive
 * @param createdUntil ms since the epoch, inclusive; null for no end
 * @param term part of the local part or of the display name, in this letter case; null for all
 */
public record UserMediaFilter(
    UserMediaOrder order,
    boolean descending,
    long from,
    long limit,
    long createdFrom,
    @Nullable Long createdUntil,
    @Nullable String term) {}
