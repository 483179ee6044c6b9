package dev.bailiff.homeserver.store.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.database.PostgresText;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.RedactionRules;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * An event as the store has it.
 *
 * @param roomVersion number of the room's version
 * @param sentAt ms since the epoch, by the clock of the event's server
 * @param content JSON
 * @param extra JSON of the remaining top-level keys; null for none
 */
record StoredEvent(
    String roomId,
    int roomVersion,
    String eventId,
    String type,
    String sender,
    @Nullable String stateKey,
    long sentAt,
    StreamToken position,
    String content,
    @Nullable String extra) {

  static final int REDACTS_IN_CONTENT_SINCE = 11;

  /** The columns of {@code homeserver.event e} that {@link #of} reads. */
  static final String COLUMNS =
      """
      e.room_id, e.event_id, e.type, e.sender, e.state_key, e.origin_server_ts, e.depth, e.stream_ordering,
      e.content, e.extra,
      (select r.room_version from homeserver.room r where r.room_id = e.room_id) as room_version
      """;

  /** Maps by hand, as a page of history reads hundreds of rows, some with further columns. */
  static StoredEvent of(ResultSet rs) throws SQLException {
    String version = rs.getString("room_version");
    return new StoredEvent(
        rs.getString("room_id"),
        RedactionRules.number(version == null ? "" : version),
        rs.getString("event_id"),
        rs.getString("type"),
        rs.getString("sender"),
        rs.getString("state_key"),
        rs.getLong("origin_server_ts"),
        new StreamToken(rs.getLong("depth"), rs.getLong("stream_ordering")),
        rs.getString("content"),
        rs.getString("extra"));
  }

  /** The event with only those parts that a redaction leaves. */
  StoredEvent pruned() {
    return new StoredEvent(
        roomId,
        roomVersion,
        eventId,
        type,
        sender,
        stateKey,
        sentAt,
        position,
        RedactionRules.content(roomVersion, type, content),
        RedactionRules.extra(roomVersion, extra));
  }

  /** The remaining top-level keys, as an object that the caller may change. */
  ObjectNode parsedExtra() {
    return EventJson.parse(extra) instanceof ObjectNode object ? object : EventJson.object();
  }

  boolean isRedaction() {
    return type.equals("m.room.redaction");
  }

  /** The id of the event that this redaction redacts; null if it names none. */
  @Nullable String redacts() {
    String target =
        EventJson.parse(roomVersion >= REDACTS_IN_CONTENT_SINCE ? content : extra)
            .path("redacts")
            .textValue();
    return target == null || !PostgresText.isStorable(target) ? null : target;
  }

  /**
   * The id of the state event that this one replaced; null if it is unknown, or if this event is no
   * state.
   */
  @Nullable String replaces() {
    if (stateKey == null) {
      return null;
    }
    // Anybody may have written any text here, and the next step looks it up in the store.
    String replaced = EventJson.parse(extra).path("unsigned").path("replaces_state").textValue();
    return replaced == null || !PostgresText.isStorable(replaced) ? null : replaced;
  }
}
