package dev.bailiff.homeserver.store.roomadmin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.Events;
import dev.bailiff.homeserver.store.event.Ids;
import dev.bailiff.homeserver.store.event.NewEvent;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes state into a room whose row the caller's transaction has locked: the event, the current
 * state and, for a member, the membership. The id of an event follows from its content and from the
 * event that it replaces.
 */
final class StateWrites {

  private static final String SET_STATE =
      """
      insert into homeserver.current_state (room_id, type, state_key, event_id)
      values (:roomId, :type, :stateKey, :eventId)
      on conflict (room_id, type, state_key) do update set event_id = excluded.event_id
      """;

  private static final String SET_MEMBERSHIP =
      """
      insert into homeserver.membership (room_id, user_id, membership, event_id, forgotten)
      values (:roomId, :userId, :membership, :eventId, false)
      on conflict (room_id, user_id) do update
      set membership = excluded.membership, event_id = excluded.event_id, forgotten = false
      """;

  private static final String PROFILE =
      "select displayname, avatar_url from homeserver.account where user_id = :userId";

  private final Handle handle;
  private final String roomId;

  StateWrites(Handle handle, String roomId) {
    this.handle = handle;
    this.roomId = roomId;
  }

  /** Returns the new event's id. */
  String write(
      String type, String sender, String stateKey, ObjectNode content, @Nullable String replaced) {
    String id =
        Ids.event(
            "admin",
            roomId,
            type,
            stateKey,
            sender,
            String.valueOf(replaced),
            EventJson.write(content));
    String extra =
        replaced == null
            ? null
            : EventJson.write(
                EventJson.object()
                    .set("unsigned", EventJson.object().put("replaces_state", replaced)));
    Events.insert(
        handle,
        List.of(new NewEvent(id, roomId, type, sender, stateKey, EventJson.write(content), extra)));
    handle
        .createUpdate(SET_STATE)
        .bind("roomId", roomId)
        .bind("type", type)
        .bind("stateKey", stateKey)
        .bind("eventId", id)
        .execute();
    return id;
  }

  /**
   * Writes a membership with the display name and avatar of the user, as far as the store has them.
   */
  void member(String sender, String userId, String membership, @Nullable String replaced) {
    ObjectNode content = EventJson.object();
    handle
        .createQuery(PROFILE)
        .bind("userId", userId)
        .map((rs, ctx) -> new String[] {rs.getString("displayname"), rs.getString("avatar_url")})
        .findOne()
        .ifPresent(
            profile -> {
              putIfSet(content, "displayname", profile[0]);
              putIfSet(content, "avatar_url", profile[1]);
            });
    content.put("membership", membership);
    String id = write("m.room.member", sender, userId, content, replaced);
    handle
        .createUpdate(SET_MEMBERSHIP)
        .bind("roomId", roomId)
        .bind("userId", userId)
        .bind("membership", membership)
        .bind("eventId", id)
        .execute();
  }

  private static void putIfSet(ObjectNode content, String key, @Nullable String value) {
    if (value != null) {
      content.put(key, value);
    }
  }
}
