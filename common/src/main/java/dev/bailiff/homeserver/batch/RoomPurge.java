package dev.bailiff.homeserver.batch;

import org.jspecify.annotations.Nullable;

/**
 * Events of a room to purge: all of them (admin-api 4.37, step 5) or its history (5.11).
 *
 * @param room the room
 * @param range as {@code purgeRanges} or {@code historyRanges} of the port made it
 * @param after where the last batch stopped; null at the start
 * @param size number of events in this batch at most
 */
public record RoomPurge(Target room, Range range, @Nullable Cursor after, int size) {}
