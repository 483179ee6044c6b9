package dev.bailiff.homeserver.roomdeletion;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.Target;
import org.jspecify.annotations.Nullable;

/**
 * Events of a room to purge: all of them (admin-api 4.37, step 5) or its history (5.11).
 *
 * @param room the room
 * @param range as {@link dev.bailiff.homeserver.Homeserver#purgeRanges} or {@link
 *     dev.bailiff.homeserver.Homeserver#historyRanges} made it
 * @param after where the last batch stopped; null at the start
 * @param size at most so many events in this batch
 */
public record RoomPurge(Target room, Range range, @Nullable Cursor after, int size) {}
