package dev.bailiff.worker.kind.roomdeletion;

import dev.bailiff.homeserver.roomdeletion.RoomShutdown;
import dev.bailiff.homeserver.roomdeletion.RoomShutdown.FollowingPurge;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.worker.kind.StageContext;
import org.jspecify.annotations.Nullable;

/** The parameters, with the defaults of admin-api 4.37 filled in. */
record DeleteRoomsOptions(DeleteRoomsParameters given) {
  private static final String ROOM_NAME = "Content Violation Notification";
  private static final String MESSAGE =
      "Sharing illegal content on this server is not permitted and rooms in violation will be blocked.";

  static DeleteRoomsOptions of(StageContext context) {
    return new DeleteRoomsOptions(context.parametersAs(DeleteRoomsParameters.class));
  }

  boolean block() {
    return Boolean.TRUE.equals(given.block());
  }

  boolean purge() {
    return !Boolean.FALSE.equals(given.purge());
  }

  boolean forcePurge() {
    return Boolean.TRUE.equals(given.forcePurge());
  }

  boolean shutDown() {
    return !Boolean.FALSE.equals(given.shutDown());
  }

  boolean requireKnown() {
    return Boolean.TRUE.equals(given.requireKnown());
  }

  @Nullable String newRoomUser() {
    return given.newRoomUserId();
  }

  String roomName() {
    return orDefault(given.roomName(), ROOM_NAME);
  }

  /** The shutdown as a whole. */
  RoomShutdown shutdown() {
    return new RoomShutdown(block(), newRoomUser(), roomName(), message(), followingPurge());
  }

  /** The files of a room are listed between its shutdown and its purge. */
  private FollowingPurge followingPurge() {
    if (!purge() || given.deletesShownMedia()) {
      return FollowingPurge.NONE;
    }
    return forcePurge() ? FollowingPurge.FORCED : FollowingPurge.OF_EMPTY_ROOM;
  }

  String message() {
    return orDefault(given.message(), MESSAGE);
  }

  private static String orDefault(@Nullable String text, String otherwise) {
    return text == null || text.isEmpty() ? otherwise : text;
  }
}
