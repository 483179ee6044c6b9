package dev.bailiff.homeserver.store.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.store.event.EventJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Turns events into the forms that clients get (admin-api 5.7, 5.8, 5.43). A redacted event is
 * shown in its pruned form, even if the store still has more of it.
 */
final class EventFormats {

  private static final List<String> FEDERATION_KEYS =
      List.of(
          "auth_events", "prev_events", "hashes", "signatures", "depth", "origin", "prev_state");

  private static final List<String> COPIED_KEYS =
      List.of("age", "redacted_because", "replaces_state", "prev_content");

  /** These keys are meant for the invited or knocking user alone. */
  private static final List<String> HIDDEN_UNSIGNED =
      List.of("invite_room_state", "knock_room_state");

  private static final int IDS_ARE_HASHES_SINCE = 3;
  private static final int ROOM_IDS_ARE_HASHES_SINCE = 12;

  private final Handle handle;
  private final long now;
  private final String viewer;

  /**
   * @param now ms since the epoch, from which the age of events is computed
   * @param viewer the user who reads; empty for nobody
   */
  EventFormats(Handle handle, long now, String viewer) {
    this.handle = handle;
    this.now = now;
    this.viewer = viewer;
  }

  /** Shows events in a form and keeps their order. */
  List<ObjectNode> of(List<StoredEvent> events, EventFormat form) {
    Map<String, StoredEvent> previous = form == EventFormat.CLIENT ? Map.of() : previous(events);
    List<String> ids = new ArrayList<>(previous.keySet());
    events.forEach(event -> ids.add(event.eventId()));
    HeldRedactions redactions = HeldRedactions.of(handle, ids);
    BundledRelations relations =
        form == EventFormat.CLIENT
            ? BundledRelations.none()
            : BundledRelations.of(
                handle,
                events.stream().map(redactions::leave).toList(),
                redactions.redacted(),
                viewer);
    Rendering rendering = new Rendering(form, previous, redactions, relations);
    return events.stream().map(event -> shown(event, rendering)).toList();
  }

  /** The event as the store has it, without the effect of redactions, with its id and age. */
  ObjectNode asStored(StoredEvent event) {
    return withAge(event);
  }

  /**
   * The event without the parts that servers derive themselves: ids that are hashes, and the age.
   */
  static ObjectNode asSent(StoredEvent event) {
    ObjectNode json = columns(event);
    if (event.roomVersion() >= IDS_ARE_HASHES_SINCE) {
      json.remove("event_id");
    }
    if (event.roomVersion() >= ROOM_IDS_ARE_HASHES_SINCE && event.type().equals("m.room.create")) {
      json.remove("room_id");
    }
    return json;
  }

  /** The form of the events and the data shown with them. */
  private record Rendering(
      EventFormat form,
      Map<String, StoredEvent> previous,
      HeldRedactions redactions,
      BundledRelations relations) {}

  private ObjectNode shown(StoredEvent event, Rendering rendering) {
    ObjectNode json = whole(rendering.redactions.leave(event));
    ObjectNode unsigned = json.withObjectProperty("unsigned");
    rendering
        .redactions
        .of(event)
        .ifPresent(
            redaction -> {
              unsigned.put("redacted_by", redaction.redactedBy());
              StoredEvent because = redaction.because();
              if (because != null) {
                unsigned.set("redacted_because", client(whole(because)));
              }
            });
    StoredEvent before = rendering.previous.get(String.valueOf(event.replaces()));
    if (before != null) {
      unsigned.set("prev_content", EventJson.parse(rendering.redactions.leave(before).content()));
      unsigned.put("prev_sender", before.sender());
    }
    rendering.relations.write(event.eventId(), unsigned, other -> shown(other, rendering));
    return rendering.form == EventFormat.FEDERATION ? json : client(json);
  }

  private static ObjectNode columns(StoredEvent event) {
    ObjectNode json = event.parsedExtra();
    json.put("type", event.type());
    json.put("room_id", event.roomId());
    json.put("sender", event.sender());
    json.put("event_id", event.eventId());
    json.put("origin_server_ts", event.sentAt());
    json.put("depth", event.position().depth());
    json.set("content", EventJson.parse(event.content()));
    if (event.stateKey() != null) {
      json.put("state_key", event.stateKey());
    }
    return json;
  }

  private ObjectNode whole(StoredEvent event) {
    ObjectNode json = withAge(event);
    json.withObjectProperty("unsigned").remove(HIDDEN_UNSIGNED);
    return json;
  }

  private ObjectNode withAge(StoredEvent event) {
    ObjectNode json = columns(event);
    ObjectNode unsigned =
        json.path("unsigned") instanceof ObjectNode object ? object : EventJson.object();
    JsonNode receivedAt = unsigned.remove("age_ts");
    unsigned.put("age", now - (receivedAt == null ? event.sentAt() : receivedAt.asLong()));
    json.set("unsigned", unsigned);
    if (event.type().equals("m.room.redaction")) {
      writeTargetInBothPlaces(json, event.roomVersion());
    }
    return json;
  }

  /**
   * Writes the target of a redaction both into the content and beside it, as clients look for it in
   * either place, depending on the room version that they were written for.
   */
  private static void writeTargetInBothPlaces(ObjectNode json, int roomVersion) {
    if (roomVersion >= StoredEvent.REDACTS_IN_CONTENT_SINCE) {
      JsonNode target = json.path("content").path("redacts");
      if (target.isTextual()) {
        json.set("redacts", target);
      }
    } else if (json.path("content") instanceof ObjectNode content
        && json.path("redacts").isTextual()) {
      content.set("redacts", json.path("redacts"));
    }
  }

  private static ObjectNode client(ObjectNode json) {
    json.remove(FEDERATION_KEYS);
    json.set("user_id", json.path("sender"));
    JsonNode unsigned = json.path("unsigned");
    for (String key : COPIED_KEYS) {
      if (unsigned.has(key)) {
        json.set(key, unsigned.path(key));
      }
    }
    return json;
  }

  private Map<String, StoredEvent> previous(List<StoredEvent> events) {
    List<@Nullable String> ids = new ArrayList<>();
    for (StoredEvent event : events) {
      String replaced = event.replaces();
      if (replaced != null) {
        ids.add(replaced);
      }
    }
    Map<String, StoredEvent> previous = new HashMap<>();
    if (!ids.isEmpty()) {
      handle
          .createQuery(TimelineSql.EVENTS)
          .bindArray("eventIds", String.class, ids.toArray())
          .map((rs, ctx) -> StoredEvent.of(rs))
          .forEach(event -> previous.put(event.eventId(), event));
    }
    return previous;
  }
}
