package dev.bailiff.homeserver.store.roomadmin;

import dev.bailiff.homeserver.store.membership.Profiles;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Joins a local user to a room (admin-api 5.35).
 *
 * <p><b>Concurrency:</b> thread-safe; a lock on the room's row allows one change of the room at a
 * time.
 */
public final class RoomJoins {

  private final Jdbi jdbi;

  public RoomJoins(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Joins a user. Into a room that is not public, an admin invites the user first; the invitation
   * stays if the join is refused. A user who is already in a public room stays in it.
   *
   * @throws RefusedException if the room refuses the invitation of the admin or the join of the
   *     user
   */
  public void join(String roomId, String userId, String admin) {
    Optional<RoomAuthState> invitedTo =
        jdbi.inTransaction(
            handle -> {
              Optional<RoomAuthState> room = RoomAuthState.of(handle, roomId);
              if (room.isPresent() && room.get().joinRule().isPresent() && !room.get().isPublic()) {
                Invites.write(handle, room.get(), admin, userId);
              }
              return room;
            });
    if (invitedTo.isPresent()) {
      jdbi.useTransaction(handle -> joinItself(handle, roomId, userId));
    } else {
      jdbi.useTransaction(handle -> refuse(handle, roomId, userId));
    }
  }

  private static void joinItself(Handle handle, String roomId, String userId) {
    refuseIfMeant(handle, roomId, userId);
    RoomAuthState room = RoomAuthState.of(handle, roomId).orElseThrow(RoomJoins::notInRoom);
    RoomAuthState.Member member = room.member(handle, userId);
    switch (member.membership()) {
      case "ban" ->
          throw new RefusedException(
              RefusedException.Rule.BANNED, "Cannot join user who was banned");
      case "join" -> {
        return;
      }
      case "invite" -> {}
      default -> {
        if (!room.isPublic()) {
          throw new RefusedException(
              RefusedException.Rule.FORBIDDEN, "You are not invited to this room.");
        }
      }
    }
    new StateWrites(handle, roomId).member(userId, userId, "join", member.eventId());
  }

  private static void refuse(Handle handle, String roomId, String userId) {
    refuseIfMeant(handle, roomId, userId);
    throw notInRoom();
  }

  /** Refusals that apply even to rooms that our server is not in. */
  private static void refuseIfMeant(Handle handle, String roomId, String userId) {
    if (Profiles.find(handle, userId).suspended()) {
      throw new RefusedException(
          RefusedException.Rule.SUSPENDED, "Suspended users cannot join rooms");
    }
    if (RoomAuthState.isBlocked(handle, roomId)) {
      throw new RefusedException(
          RefusedException.Rule.BLOCKED, "This room has been blocked on this server");
    }
  }

  private static RefusedException notInRoom() {
    return new RefusedException(
        RefusedException.Rule.NOT_IN_ROOM, "No server that is in the room was provided");
  }
}
