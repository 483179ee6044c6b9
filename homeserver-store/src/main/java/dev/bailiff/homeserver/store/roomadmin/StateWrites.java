package dev.bailiff.homeserver.store.roomadmin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.store.event.CurrentState;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.Events;
import dev.bailiff.homeserver.store.event.Ids;
import dev.bailiff.homeserver.store.event.NewEvent;
import dev.bailiff.homeserver.store.membership.Memberships;
import dev.bailiff.homeserver.store.membership.Profiles;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes state into a room whose row the caller's transaction has locked. The id of an event
 * follows from its content and from the event that it replaces.
 */
final class StateWrites {

  private final Handle handle;
  private final String roomId;

  StateWrites(Handle handle, String roomId) {
    this.handle = handle;
    this.roomId = roomId;
  }

  /** Writes a state event that is no membership. */
  void write(
      String type, String sender, String stateKey, ObjectNode content, @Nullable String replaced) {
    List<NewEvent> events = List.of(event(type, sender, stateKey, content, replaced));
    Events.insert(handle, events);
    CurrentState.set(handle, events);
  }

  /**
   * Writes a membership with the display name and avatar of the user, as far as the store has them.
   */
  void member(String sender, String userId, String membership, @Nullable String replaced) {
    Profiles.Profile profile = Profiles.find(handle, userId);
    ObjectNode content = EventJson.object();
    putIfSet(content, "displayname", profile.displayname());
    putIfSet(content, "avatar_url", profile.avatarUrl());
    content.put("membership", membership);
    Memberships.write(
        handle, List.of(event("m.room.member", sender, userId, content, replaced)), membership);
  }

  private NewEvent event(
      String type, String sender, String stateKey, ObjectNode content, @Nullable String replaced) {
    String json = EventJson.write(content);
    return new NewEvent(
        Ids.event("admin", roomId, type, stateKey, sender, String.valueOf(replaced), json),
        roomId,
        type,
        sender,
        stateKey,
        json,
        replaced == null ? null : NewEvent.replacing(replaced));
  }

  private static void putIfSet(ObjectNode content, String key, @Nullable String value) {
    if (value != null) {
      content.put(key, value);
    }
  }
}
