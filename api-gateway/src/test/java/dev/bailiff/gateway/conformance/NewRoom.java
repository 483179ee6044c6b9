package dev.bailiff.gateway.conformance;

import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.testing.homeserver.Community;

/**
 * A room of a test's own making: version 10, created by a user who is joined and has power 100, not
 * public, unless the test changes that.
 */
final class NewRoom {
  private static final long FIRST_TIME = 1_700_000_000_000L;

  private final CommunityGateway gateway;
  private final String id;
  private final String creator;
  private int events;

  private NewRoom(CommunityGateway gateway, String id, String creator) {
    this.gateway = gateway;
    this.id = id;
    this.creator = creator;
  }

  static NewRoom by(CommunityGateway gateway, String creator) {
    var name = gateway.newName("!made");
    return of(gateway, name + ":" + Community.SERVER, "10", creator, "{\"room_version\":\"10\"}")
        .powerLevels("{\"users\":{\"%s\":100}}".formatted(creator))
        .state("m.room.join_rules", "{\"join_rule\":\"invite\"}");
  }

  /** A room whose creation event has this content, with only the creator in it. */
  static NewRoom of(
      CommunityGateway gateway, String id, String version, String creator, String creation) {
    gateway.execute(
        "insert into homeserver.room (room_id, room_version, creator) values (?, ?, ?)",
        id,
        version,
        creator);
    var room = new NewRoom(gateway, id, creator);
    return room.state("m.room.create", creation).member(creator, "join");
  }

  String id() {
    return id;
  }

  NewRoom open() {
    return state("m.room.join_rules", "{\"join_rule\":\"public\"}");
  }

  NewRoom powerLevels(String content) {
    return state("m.room.power_levels", content);
  }

  NewRoom state(String type, String content) {
    return state(type, "", content);
  }

  /** Sets state as the creator. */
  NewRoom state(String type, String key, String content) {
    current(type, key, event(type, creator, key, content, null));
    return this;
  }

  NewRoom member(String user, String membership) {
    var event = event("m.room.member", user, user, "{\"membership\":\"" + membership + "\"}", null);
    current("m.room.member", user, event);
    gateway.execute(
        """
        insert into homeserver.membership (room_id, user_id, membership, event_id) values (?, ?, ?, ?)
        on conflict (room_id, user_id) do update set membership = excluded.membership, event_id = excluded.event_id
        """,
        id,
        user,
        membership,
        event);
    return this;
  }

  /** Lets everybody leave: the room has events, but no current state. */
  NewRoom abandoned() {
    gateway.execute(
        """
        update homeserver.room set state_events =
          (select count(*) from homeserver.current_state s where s.room_id = room.room_id)
        where room_id = ?
        """,
        id);
    gateway.execute("delete from homeserver.current_state where room_id = ?", id);
    gateway.execute("update homeserver.membership set membership = 'leave' where room_id = ?", id);
    return this;
  }

  /** Sends a message of the creator; returns its id. Each event is a second later than the last. */
  String message(String content) {
    return event("m.room.message", creator, null, content, null);
  }

  /**
   * Sends an event at the end of the room; returns its id.
   *
   * @param key null for an event that is no state
   * @param extra further top-level keys; null for none
   */
  String event(String type, String sender, String key, String content, String extra) {
    var event = "$e" + ++events + "-" + id.substring(1);
    gateway.execute(
        """
        insert into homeserver.event
          (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, state_key, content, extra,
           contains_url, relates_to, rel_type)
        values (nextval('homeserver.event_stream_ordering'), ?, ?, ?, ?, ?, ?, ?, ?::json, ?::json, ?, ?, ?)
        """,
        events,
        FIRST_TIME + events * 1_000L,
        id,
        event,
        type,
        sender,
        key,
        content,
        extra,
        content.contains("\"url\""),
        relation(content, "event_id"),
        relation(content, "rel_type"));
    return event;
  }

  /** When an event was sent, ms since the epoch. */
  long timeOf(String event) {
    return Long.parseLong(
        gateway.value("select origin_server_ts from homeserver.event where event_id = ?", event));
  }

  private static String relation(String content, String key) {
    return EventJson.parse(content).path("m.relates_to").path(key).textValue();
  }

  private void current(String type, String key, String event) {
    gateway.execute(
        """
        insert into homeserver.current_state (room_id, type, state_key, event_id) values (?, ?, ?, ?)
        on conflict (room_id, type, state_key) do update set event_id = excluded.event_id
        """,
        id,
        type,
        key,
        event);
  }
}
