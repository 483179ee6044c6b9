package dev.bailiff.homeserver.synapse.roomdeletion;

import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.roomdeletion.RoomPreparation;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.api.UserCalls;
import dev.bailiff.homeserver.synapse.batch.Settlement;
import dev.bailiff.homeserver.synapse.pace.PacedCalls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Blocks rooms and checks what their deletion needs. Synapse makes the replacements later.
 *
 * @param blocksLater whether a purge may block a room that this step does not block
 */
record Preparations(UserCalls users, RoomCalls rooms, boolean blocksLater) {

  Settlement prepare(Target room, RoomPreparation preparation, PacedCalls paced) {
    var found = rooms.room(room.id());
    if (found.isEmpty() && preparation.requireKnown()) {
      return Settlement.failed(failure(room, 404, "M_NOT_FOUND", "Room not found"));
    }
    if (preparation.requireEmpty()
        && found.filter(any -> any.joinedLocalMembers() > 0).isPresent()) {
      return Settlement.failed(
          failure(room, 400, "M_UNKNOWN", "Users are still joined to room " + room.id()));
    }
    var facts = new ArrayList<Fact>();
    facts.add(new Fact(room.number(), "known", Boolean.toString(found.isPresent())));
    boolean isBlocked = (preparation.block() || blocksLater) && rooms.isBlocked(room.id());
    if (blocksLater) {
      facts.add(
          new Fact(
              room.number(),
              LargePurges.STAYS_BLOCKED,
              Boolean.toString(preparation.block() || isBlocked)));
    }
    boolean blocks = preparation.block() && !isBlocked;
    if (blocks) {
      paced.send(() -> rooms.block(room.id())).orThrow();
    }
    var unusable = found.isEmpty() ? null : unusable(room, preparation.newRoomUser());
    if (unusable != null) {
      return new Settlement.Failed(unusable, facts);
    }
    return blocks ? new Settlement.Done(facts, List.of()) : new Settlement.Skipped(facts);
  }

  /** The failure of a room whose replacement nobody can make; null if there is none. */
  private @Nullable Failure unusable(Target room, @Nullable String newRoomUser) {
    if (newRoomUser == null) {
      return null;
    }
    if (!newRoomUser.startsWith("@")) {
      return failure(room, 400, "M_INVALID_PARAM", newRoomUser + " is not a user id");
    }
    return users.user(newRoomUser).filter(UserCalls.User::suspended).isPresent()
        ? failure(room, 403, "M_USER_SUSPENDED", newRoomUser + " is suspended")
        : null;
  }

  private static Failure failure(Target room, int status, String code, String text) {
    return new Failure(room.id(), room.number(), true, status, code, text);
  }
}
