package dev.bailiff.homeserver.synapse.history;

import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.homeserver.synapse.api.EventCalls;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.batch.Settlement;
import java.util.List;

/**
 * Fixes where the purge of a room ends. Refuses what Synapse would refuse only after earlier slices
 * were deleted.
 */
record CutOffs(RoomCalls rooms, EventCalls events) {
  Settlement fix(Target room, HistoryPreparation preparation) {
    var event = preparation.upToEvent();
    var at = preparation.upToAt();
    if (event != null) {
      return ofEvent(room, event);
    }
    if (at != null) {
      return ofTime(room, at);
    }
    return failed(
        room, 400, "M_UNKNOWN", "Synapse purges up to an event or a time, not up to a depth");
  }

  private Settlement ofEvent(Target room, String id) {
    var found = events.event(id);
    if (found.isEmpty()) {
      return failed(room, 404, "M_NOT_FOUND", "The event is not known");
    }
    var event = found.get();
    if (!room.id().equals(event.path("room_id").asText())) {
      return failed(room, 400, "M_UNKNOWN", "The event is one of another room");
    }
    long depth = event.path("depth").asLong();
    long newest = rooms.newestDepths(room.id()).stream().mapToLong(Long::longValue).max().orElse(0);
    if (depth > newest) {
      return failed(room, 400, "M_UNKNOWN", "At least one event must remain in the room");
    }
    return fixed(room, new CutOff(id, depth, event.path("origin_server_ts").asLong()));
  }

  private Settlement ofTime(Target room, long at) {
    var first = rooms.messages(room.id(), null, 1, null).events();
    if (first.isEmpty()) {
      return rooms.room(room.id()).isPresent()
          ? new Settlement.Skipped(List.of(known(room)))
          : failed(room, 404, "M_NOT_FOUND", "The room is not known");
    }
    return first.get(0).path("origin_server_ts").asLong() < at
        ? fixed(room, new CutOff(null, 0, at))
        : new Settlement.Skipped(List.of(known(room)));
  }

  private static Settlement fixed(Target room, CutOff cutOff) {
    return new Settlement.Done(
        List.of(known(room), new Fact(room.number(), "cut_off", CursorJson.text(cutOff))),
        List.of());
  }

  private static Fact known(Target room) {
    return new Fact(room.number(), "known", "true");
  }

  private static Settlement failed(Target room, int status, String code, String text) {
    var known = new Fact(room.number(), "known", status == 404 ? "false" : "true");
    return new Settlement.Failed(
        new Failure(room.id(), room.number(), true, status, code, text), List.of(known));
  }
}
