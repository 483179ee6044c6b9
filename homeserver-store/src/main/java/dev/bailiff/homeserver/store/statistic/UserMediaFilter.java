package dev.bailiff.homeserver.store.statistic;

import org.jspecify.annotations.Nullable;

/**
 * Whose media are counted, and which (admin-api 5.39).
 *
 * @param from row offset
 * @param limit at most so many users
 * @param createdFrom ms since the epoch, inclusive
 * @param createdUntil likewise; null for no end
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
