package dev.bailiff.homeserver.store.roomdeletion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.store.event.CurrentState;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.Events;
import dev.bailiff.homeserver.store.event.Ids;
import dev.bailiff.homeserver.store.event.NewEvent;
import dev.bailiff.homeserver.store.membership.Memberships;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The room for the members removed from a deleted room (admin-api 4.37, step 2): the preset for
 * public chats, not in the directory, its members below the power to write. Synapse 1.163 writes
 * the same events in the same order.
 *
 * @param hash 43 characters derived from job and old room: in room version 12 the id of a room is
 *     that of its create event
 */
record ReplacementRoom(String hash, Memberships.Joiner creator, String name) {

  /** The default of Synapse 1.163. The creators of such a room stand above all power levels. */
  private static final String VERSION = "12";

  private static final String ADD_ROOM =
      """
      insert into homeserver.room (room_id, room_version, creator, public)
      values (:room, :version, :creator, false)
      on conflict do nothing
      """;

  private static final String POWER_LEVELS =
      """
      {"ban":50,"events":{"m.call.invite":50,"m.room.avatar":50,"m.room.canonical_alias":50,\
      "m.room.encryption":100,"m.room.history_visibility":100,"m.room.name":50,\
      "m.room.power_levels":100,"m.room.server_acl":100,"m.room.tombstone":150},\
      "events_default":0,"historical":100,"invite":50,"kick":50,"redact":50,"state_default":50,\
      "users":{},"users_default":-10}""";

  String roomId() {
    return "!" + hash;
  }

  /**
   * Creates the room. Returns false if it exists already: an earlier attempt of the same job made
   * it.
   */
  boolean create(Handle handle) {
    int added =
        handle
            .createUpdate(ADD_ROOM)
            .bind("room", roomId())
            .bind("version", VERSION)
            .bind("creator", creator.userId())
            .execute();
    if (added == 0) {
      return false;
    }
    NewEvent join = Memberships.joinEvent(roomId(), creator, "creator");
    List<NewEvent> events = new ArrayList<>();
    events.add(
        new NewEvent(
            "$" + hash,
            roomId(),
            "m.room.create",
            creator.userId(),
            "",
            EventJson.write(EventJson.object().put("room_version", VERSION)),
            null));
    events.add(join);
    events.add(state("m.room.power_levels", POWER_LEVELS));
    events.add(state("m.room.join_rules", text("join_rule", "public")));
    events.add(state("m.room.history_visibility", text("history_visibility", "shared")));
    events.add(state("m.room.name", text("name", name)));
    Events.insert(handle, events);
    Memberships.set(handle, List.of(join), "join", false);
    CurrentState.set(handle, events);
    return true;
  }

  private NewEvent state(String type, String content) {
    return new NewEvent(
        Ids.event("state", roomId(), type), roomId(), type, creator.userId(), "", content, null);
  }

  private static String text(String key, @Nullable String value) {
    ObjectNode content = EventJson.object().put(key, value);
    return EventJson.write(content);
  }
}
