package dev.bailiff.homeserver.roomdeletion;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.Target;
import org.jspecify.annotations.Nullable;

/**
 * Local members to remove from a room (admin-api 4.37, step 3): leave, forget, and join the
 * replacement room if they were joined. Reply lists {@code kicked_users} and {@code
 * failed_to_kick_users}.
 *
 * @param room the old room
 * @param range as {@link dev.bailiff.homeserver.roomdeletion.RoomDeletionPort#memberRanges} made it
 * @param after where the last batch stopped; null at the start
 * @param size number of members in this batch, at most
 * @param newRoom the replacement room; null for none. A homeserver that shuts rooms down in one
 *     piece makes it itself
 * @param shutdown the whole shutdown that the removal is a part of
 */
public record MemberRemoval(
    Target room,
    Range range,
    @Nullable Cursor after,
    int size,
    @Nullable String newRoom,
    RoomShutdown shutdown) {

  /** A removal alone, for a homeserver that needs no more. */
  public MemberRemoval(
      Target room, Range range, @Nullable Cursor after, int size, @Nullable String newRoom) {
    this(room, range, after, size, newRoom, new RoomShutdown(false, null, "", ""));
  }
}
