package dev.bailiff.homeserver.roomdeletion;

/** Rooms before they are deleted. Thread-safe. */
public interface KnownRooms {

  /** Whether the homeserver knows a room. */
  boolean known(String roomId);

  /** Blocks a room, known or not. An earlier blocker stays recorded. */
  void block(String roomId, String userId);
}
