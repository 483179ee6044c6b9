package dev.bailiff.testing.homeserver;

import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Rooms of the own store, row by row. {@link MadeRoom} makes a room whose rows fit each other, with
 * an event behind each of them.
 */
public record RoomRows(Jdbi jdbi) {

  /** A room of version 10 without events and members; returns its id. */
  public String room(String room) {
    return room(room, "10", null);
  }

  public String room(String room, String version, @Nullable String creator) {
    execute(
        "insert into homeserver.room (room_id, room_version, creator) values (?, ?, ?)",
        room,
        version,
        creator);
    return room;
  }

  /** Sets the current state of a type and key. */
  public void current(String room, String type, String key, String event) {
    execute(
        """
        insert into homeserver.current_state (room_id, type, state_key, event_id) values (?, ?, ?, ?)
        on conflict (room_id, type, state_key) do update set event_id = excluded.event_id
        """,
        room,
        type,
        key,
        event);
  }

  /** Sets the membership of a user. */
  public void member(String room, String user, String membership, String event) {
    execute(
        """
        insert into homeserver.membership (room_id, user_id, membership, event_id) values (?, ?, ?, ?)
        on conflict (room_id, user_id) do update set membership = excluded.membership, event_id = excluded.event_id
        """,
        room,
        user,
        membership,
        event);
  }

  public void alias(String alias, String room) {
    execute("insert into homeserver.room_alias (alias, room_id) values (?, ?)", alias, room);
  }

  /** Notes that an event redacts another one. */
  public void redaction(String event, String redacts) {
    execute("insert into homeserver.redaction (event_id, redacts) values (?, ?)", event, redacts);
  }

  private void execute(String sql, @Nullable Object... arguments) {
    jdbi.useHandle(handle -> handle.execute(sql, arguments));
  }
}
