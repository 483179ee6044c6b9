package dev.bailiff.homeserver.roomdeletion;

import org.jspecify.annotations.Nullable;

/**
 * A shutdown as it was asked for, for a homeserver that carries it out in one piece (admin-api
 * 4.37).
 *
 * @param block whether the room is blocked
 * @param newRoomUser creates the replacement room; null for none
 * @param newRoomName name of the replacement room
 * @param message plain text for the replacement room
 * @param purge what becomes of the room right afterwards, with nothing in between
 */
public record RoomShutdown(
    boolean block,
    @Nullable String newRoomUser,
    String newRoomName,
    String message,
    FollowingPurge purge) {

  /** The purge behind a shutdown. A homeserver may do both in one piece. */
  public enum FollowingPurge {
    /** There is none, or something else comes first. */
    NONE,
    /** The room is purged if no local member is left. */
    OF_EMPTY_ROOM,
    /** The room is purged in any case. */
    FORCED
  }

  /** A shutdown alone. */
  public RoomShutdown(
      boolean block, @Nullable String newRoomUser, String newRoomName, String message) {
    this(block, newRoomUser, newRoomName, message, FollowingPurge.NONE);
  }
}
