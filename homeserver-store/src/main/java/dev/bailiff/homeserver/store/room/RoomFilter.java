package dev.bailiff.homeserver.store.room;

import org.jspecify.annotations.Nullable;

/**
 * A page of the list of rooms (admin-api 5.5). A null component filters nothing.
 *
 * @param from row offset
 * @param limit maximum number of rooms
 * @param term part of the name or of the canonical alias's local part in any letter case, or a
 *     whole room id
 * @param inDirectory true for public rooms only, false for the others only
 * @param empty true for rooms without joined members only, false for the others only
 * @param backwards whether the usual direction of the order is reversed
 */
public record RoomFilter(
    long from,
    long limit,
    @Nullable String term,
    @Nullable Boolean inDirectory,
    @Nullable Boolean empty,
    RoomOrder order,
    boolean backwards) {}
