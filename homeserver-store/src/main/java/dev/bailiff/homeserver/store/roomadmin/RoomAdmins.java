package dev.bailiff.homeserver.store.roomadmin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.PowerLevels;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Gives a user power in a room (admin-api 5.35).
 *
 * <p><b>Concurrency:</b> thread-safe; a lock on the room's row allows one change of the room at a
 * time.
 */
public final class RoomAdmins {

  private final Jdbi jdbi;

  public RoomAdmins(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Checks that a local user could give somebody power.
   *
   * @param server name of our server
   * @throws RefusedException {@code NOT_IN_ROOM} or {@code NO_POWER}
   */
  public void requireGranter(String roomId, String server) {
    jdbi.useTransaction(handle -> granter(handle, situation(handle, roomId), server));
  }

  /**
   * Gives a user the power of the most powerful local user, who becomes the sender of the change.
   *
   * @return the user who should invite the new admin, if the room is not public and the new admin
   *     is neither in it nor invited; empty if there is nothing left to do
   * @throws RefusedException {@code NOT_IN_ROOM} or {@code NO_POWER}
   */
  public Optional<String> grant(String roomId, String userId, String server) {
    return jdbi.inTransaction(
        handle -> {
          RoomAuthState room = situation(handle, roomId);
          String granter = granter(handle, room, server);
          PowerLevels levels = room.levels();
          long granted = levels.granted(granter);
          if (!levels.mayGrant(granter, userId, granted)) {
            throw new RefusedException(
                RefusedException.Rule.NO_POWER,
                "No local admin user in room with power to update power levels.");
          }
          write(handle, room, granter, levels.with(userId, granted));
          String membership = room.member(handle, userId).membership();
          boolean there = membership.equals("join") || membership.equals("invite");
          return there || room.isPublic() ? Optional.empty() : Optional.of(granter);
        });
  }

  /**
   * Invites a user.
   *
   * @throws RefusedException if the room does not allow the inviter to do so
   */
  public void invite(String roomId, String inviter, String userId) {
    jdbi.useTransaction(
        handle -> Invites.write(handle, situation(handle, roomId), inviter, userId));
  }

  /** Power levels with the same content and sender as the present ones are not written again. */
  private static void write(Handle handle, RoomAuthState room, String granter, ObjectNode levels) {
    RoomAuthState.StateEvent present = room.state().get("m.room.power_levels");
    if (present != null
        && present.sender().equals(granter)
        && EventJson.write(present.content()).equals(EventJson.write(levels))) {
      return;
    }
    new StateWrites(handle, room.roomId())
        .write(
            "m.room.power_levels", granter, "", levels, present == null ? null : present.eventId());
  }

  private static RoomAuthState situation(Handle handle, String roomId) {
    return RoomAuthState.of(handle, roomId)
        .orElseThrow(
            () -> new RefusedException(RefusedException.Rule.NOT_IN_ROOM, "Server not in room"));
  }

  private static String granter(Handle handle, RoomAuthState room, String server) {
    return room.levels().powerful(server).stream()
        .filter(user -> room.member(handle, user).membership().equals("join"))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    RefusedException.Rule.NO_POWER, "No local admin user in room"));
  }
}
