package dev.bailiff.homeserver.store.roomadmin;

import org.jdbi.v3.core.Handle;

/** Invites a local user, if the room allows the inviter to do so. */
final class Invites {

  private Invites() {}

  /**
   * Writes the invitation.
   *
   * @throws RefusedException if the room is blocked, the user is banned or joined, or the inviter
   *     is not in the room or lacks the power
   */
  static void write(Handle handle, RoomAuthState room, String inviter, String userId) {
    if (room.blocked()) {
      throw new RefusedException(
          RefusedException.Rule.BLOCKED, "This room has been blocked on this server");
    }
    RoomAuthState.Member member = room.member(handle, userId);
    if (member.membership().equals("ban")) {
      throw new RefusedException(RefusedException.Rule.BANNED, "Cannot invite user who was banned");
    }
    if (!room.member(handle, inviter).membership().equals("join")) {
      throw new RefusedException(
          RefusedException.Rule.FORBIDDEN, inviter + " is not in room " + room.roomId());
    }
    if (member.membership().equals("join")) {
      throw new RefusedException(
          RefusedException.Rule.FORBIDDEN, userId + " is already in the room");
    }
    if (!room.levels().mayInvite(inviter)) {
      throw new RefusedException(
          RefusedException.Rule.FORBIDDEN, "You don't have permission to invite users");
    }
    new StateWrites(handle, room.roomId()).member(inviter, userId, "invite", member.eventId());
  }
}
