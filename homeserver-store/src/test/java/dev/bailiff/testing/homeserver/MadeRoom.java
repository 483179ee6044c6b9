package dev.bailiff.testing.homeserver;

import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * A room of a test's own making: version 10, created by a user who is joined and has power 100, not
 * public, unless the test changes that. Each event is a second later than the last.
 */
public final class MadeRoom {
  private static final long FIRST_TIME = 1_700_000_000_000L;

  private final Jdbi jdbi;
  private final RoomRows rows;
  private final String id;
  private final String creator;
  private int events;

  private MadeRoom(Jdbi jdbi, String id, String creator) {
    this.jdbi = jdbi;
    this.rows = new RoomRows(jdbi);
    this.id = id;
    this.creator = creator;
  }

  /** A room with the usual state, with only the creator in it. */
  public static MadeRoom by(Jdbi jdbi, String id, String creator) {
    return of(jdbi, id, "10", creator, "{\"room_version\":\"10\"}")
        .powerLevels("{\"users\":{\"%s\":100}}".formatted(creator))
        .state("m.room.join_rules", "{\"join_rule\":\"invite\"}");
  }

  /** A room whose creation event has this content, with only the creator in it. */
  public static MadeRoom of(Jdbi jdbi, String id, String version, String creator, String creation) {
    MadeRoom room = new MadeRoom(jdbi, id, creator);
    room.rows.room(id, version, creator);
    return room.state("m.room.create", creation).member(creator, "join");
  }

  public String id() {
    return id;
  }

  public MadeRoom open() {
    return state("m.room.join_rules", "{\"join_rule\":\"public\"}");
  }

  public MadeRoom powerLevels(String content) {
    return state("m.room.power_levels", content);
  }

  public MadeRoom state(String type, String content) {
    return state(type, "", content);
  }

  /** Sets state as the creator. */
  public MadeRoom state(String type, String key, String content) {
    rows.current(id, type, key, event(type, creator, key, content, null));
    return this;
  }

  /** Sets the membership of a user, who sends the event. */
  public MadeRoom member(String user, String membership) {
    return member(user, user, membership);
  }

  /** Invites a user as the creator. */
  public MadeRoom invite(String user) {
    return member(creator, user, "invite");
  }

  private MadeRoom member(String sender, String user, String membership) {
    String event =
        event("m.room.member", sender, user, "{\"membership\":\"" + membership + "\"}", null);
    rows.current(id, "m.room.member", user, event);
    rows.member(id, user, membership, event);
    return this;
  }

  /** Lets everybody leave: the room has events, but no current state. */
  public MadeRoom abandoned() {
    jdbi.useHandle(
        handle -> {
          handle.execute(
              """
              update homeserver.room set state_events =
                (select count(*) from homeserver.current_state s where s.room_id = room.room_id)
              where room_id = ?
              """,
              id);
          handle.execute("delete from homeserver.current_state where room_id = ?", id);
          handle.execute(
              "update homeserver.membership set membership = 'leave' where room_id = ?", id);
        });
    return this;
  }

  /** Sends a message of the creator; returns its id. */
  public String message(String content) {
    return event("m.room.message", creator, null, content, null);
  }

  /**
   * Sends an event at the end of the room; returns its id.
   *
   * @param key null for an event that is no state
   * @param extra further top-level keys; null for none
   */
  public String event(
      String type, String sender, @Nullable String key, String content, @Nullable String extra) {
    events++;
    return EventRow.of(id, type, sender, key)
        .depth(events)
        .at(FIRST_TIME + events * 1_000L)
        .content(content)
        .extra(extra)
        .insert(jdbi, "$e" + events + "-" + id.substring(1));
  }

  /** When an event was sent, ms since the epoch. */
  public long timeOf(String event) {
    return jdbi.withHandle(
        handle ->
            handle
                .select("select origin_server_ts from homeserver.event where event_id = ?", event)
                .mapTo(Long.class)
                .one());
  }
}
