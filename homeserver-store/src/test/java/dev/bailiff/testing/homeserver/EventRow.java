package dev.bailiff.testing.homeserver;

import dev.bailiff.homeserver.store.event.EventJson;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * An event as the own store keeps it. Unless the test says more, it is the first event of its room,
 * has the content <code>{}</code>, and comes after all stored events.
 *
 * <pre>{@code
 * EventRow.message(room, "@ann:chat.example").depth(3).insert(jdbi, "$late");
 * }</pre>
 */
public final class EventRow {
  private static final String INSERT =
      """
      insert into homeserver.event
        (stream_ordering, depth, origin_server_ts, outlier, rejected, room_id, event_id, type, sender, state_key, content,
         extra, contains_url, relates_to, rel_type)
      values (coalesce(:arrival, nextval('homeserver.event_stream_ordering')), :depth, :at, :outlier, :rejected, :room,
              :event, :type, :sender, :key, :content::json, :extra::json, :containsUrl, :relatesTo, :relation)
      """;

  private final String room;
  private final String type;
  private final String sender;
  private final @Nullable String key;
  private @Nullable Long arrival;
  private long depth = 1;
  private long at = 1;
  private boolean outlier;
  private boolean rejected;
  private String content = "{}";
  private @Nullable String extra;

  private EventRow(String room, String type, String sender, @Nullable String key) {
    this.room = room;
    this.type = type;
    this.sender = sender;
    this.key = key;
  }

  /** A message, which is no state. */
  public static EventRow message(String room, String sender) {
    return of(room, "m.room.message", sender, null);
  }

  /** A membership event of a user, sent by that user. */
  public static EventRow member(String room, String user) {
    return of(room, "m.room.member", user, user);
  }

  /** An event of any type; a key of null means that it is no state. */
  public static EventRow of(String room, String type, String sender, @Nullable String key) {
    return new EventRow(room, type, sender, key);
  }

  public EventRow depth(long steps) {
    depth = steps;
    return this;
  }

  /** When the event was sent, ms since the epoch. */
  public EventRow at(long time) {
    at = time;
    return this;
  }

  /** The place in the order of arrival, instead of the last one. */
  public EventRow arrival(long place) {
    arrival = place;
    return this;
  }

  public EventRow outlier(boolean isOutlier) {
    outlier = isOutlier;
    return this;
  }

  public EventRow rejected(boolean isRejected) {
    rejected = isRejected;
    return this;
  }

  public EventRow content(String json) {
    content = json;
    return this;
  }

  /** Further top-level keys, as a JSON object; null for none. */
  public EventRow extra(@Nullable String json) {
    extra = json;
    return this;
  }

  /** Stores the event under an id; returns the id. */
  public String insert(Jdbi jdbi, String event) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(INSERT)
                .bind("arrival", arrival)
                .bind("depth", depth)
                .bind("at", at)
                .bind("outlier", outlier)
                .bind("rejected", rejected)
                .bind("room", room)
                .bind("event", event)
                .bind("type", type)
                .bind("sender", sender)
                .bind("key", key)
                .bind("content", content)
                .bind("extra", extra)
                .bind("containsUrl", content.contains("\"url\""))
                .bind("relatesTo", relation("event_id"))
                .bind("relation", relation("rel_type"))
                .execute());
    return event;
  }

  private @Nullable String relation(String key) {
    return content.contains("m.relates_to")
        ? EventJson.parse(content).path("m.relates_to").path(key).textValue()
        : null;
  }
}
