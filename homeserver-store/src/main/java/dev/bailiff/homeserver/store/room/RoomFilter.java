package dev.bailiff.homeserver.store.room;

import org.jspecify.annotations.Nullable;

/**
 * A page of the list of rooms (admin-api 5.5). What is null filters nothing.
 *
 * @param from row offset
 * @param limit at most so many
 * @param term part of the name or of the canonical alias's local part in any letter case, or a
 *     whole room id
 * @param inDirectory with or without the public ones alone
 * @param empty with or without those that nobody is joined to alone
 * @param backwards against the usual direction of the order
 */
public record RoomFilter(
    long from,
    long limit,
    @Nullable String term,
    @Nullable Boolean inDirectory,
    @Nullable Boolean empty,
    RoomOrder order,
    boolean backwards) {}
