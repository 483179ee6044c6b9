package dev.bailiff.homeserver.store.event;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The current state of rooms. A room has one while our server is in it (admin-api 5.6). */
public final class CurrentState {

  /** An event replaces the state with the same type and state key. */
  private static final String SET =
      """
      insert into homeserver.current_state (room_id, type, state_key, event_id)
      select n.room_id, n.type, n.state_key, n.event_id
      from unnest(:rooms::text[], :types::text[], :stateKeys::text[], :events::text[])
           as n (room_id, type, state_key, event_id)
      on conflict (room_id, type, state_key) do update set event_id = excluded.event_id
      """;

  private CurrentState() {}

  /**
   * The SQL condition that a room has a current state: the state contains the create event. Without
   * a current state a room has no joined members, even if memberships are stored.
   *
   * @param room SQL of the room's id: a column or a named parameter
   */
  public static String existsIn(String room) {
    return """
    exists (
      select from homeserver.current_state creation
      where creation.room_id = %s and creation.type = 'm.room.create' and creation.state_key = '')
    """
        .formatted(room);
  }

  /** Puts state events into the current state of their rooms, in the order given. */
  public static void set(Handle handle, List<NewEvent> events) {
    handle
        .createUpdate(SET)
        .bindArray("rooms", String.class, Events.column(events, NewEvent::roomId))
        .bindArray("types", String.class, Events.column(events, NewEvent::type))
        .bindArray("stateKeys", String.class, Events.column(events, NewEvent::stateKey))
        .bindArray("events", String.class, Events.column(events, NewEvent::eventId))
        .execute();
  }
}
