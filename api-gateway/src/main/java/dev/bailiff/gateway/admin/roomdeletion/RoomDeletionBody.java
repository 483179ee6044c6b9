package dev.bailiff.gateway.admin.roomdeletion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import org.jspecify.annotations.Nullable;

/** The body of all calls that delete a room (admin-api 4.37). */
record RoomDeletionBody(
    @Nullable String newRoomUserId,
    @Nullable String roomName,
    @Nullable String message,
    boolean block,
    boolean purge,
    boolean forcePurge) {

  static RoomDeletionBody parse(ObjectNode body) {
    return new RoomDeletionBody(
        BodyKeys.text(body, "new_room_user_id", Errcode.M_BAD_JSON),
        BodyKeys.text(body, "room_name", Errcode.M_BAD_JSON),
        BodyKeys.text(body, "message", Errcode.M_BAD_JSON),
        BodyKeys.bool(body, "block", false, Errcode.M_BAD_JSON),
        BodyKeys.bool(body, "purge", true, Errcode.M_BAD_JSON),
        BodyKeys.bool(body, "force_purge", false, Errcode.M_BAD_JSON));
  }

  /** A copy without a replacement room. */
  RoomDeletionBody withoutNewRoom() {
    return new RoomDeletionBody(null, roomName, message, block, purge, forcePurge);
  }

  /** The job's parameters. */
  DeleteRoomsParameters parameters(boolean requireKnown) {
    return new DeleteRoomsParameters(
        newRoomUserId, roomName, message, block, purge, forcePurge, true, requireKnown);
  }
}
