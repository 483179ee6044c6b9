package dev.bailiff.homeserver.batch;

import org.jspecify.annotations.Nullable;

/**
 * Events of a room to purge: all of them (admin-api 4.37, step 5) or its history (5.11).
 *
 * @param room the room
 * @param range as the port made it: {@code purgeRanges} or {@code historyRanges}
 * @param after where the last batch stopped; null at the start
 * @param size at most so many events in this batch
 */
public record RoomPurge(Target room, Range range, @Nullable Cursor after, int size) {}
