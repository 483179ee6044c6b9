package dev.bailiff.gateway.resource.room;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.store.timeline.EventForm;
import dev.bailiff.homeserver.store.timeline.Position;
import dev.bailiff.homeserver.store.timeline.RoomState;
import dev.bailiff.homeserver.store.timeline.StateKey;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the state of a room page by page: it may be that of a million members. */
final class StateStream {
  private static final int PAGE = 1_000;

  private final RoomState state;

  StateStream(RoomState state) {
    this.state = state;
  }

  /** An array of state events. */
  void write(JsonGenerator json, String room, @Nullable String type, EventForm form)
      throws IOException {
    json.writeStartArray();
    @Nullable ObjectNode after = null;
    List<ObjectNode> page;
    do {
      page = state.page(room, type, after, form, PAGE);
      for (ObjectNode event : page) {
        json.writeTree(event);
        after = event;
      }
    } while (page.size() == PAGE);
    json.writeEndArray();
  }

  /** An array of the state events as they were at a place in the room's history. */
  void writeAt(JsonGenerator json, String room, Position at, EventForm form) throws IOException {
    json.writeStartArray();
    @Nullable StateKey after = null;
    do {
      var page = state.pageAt(room, at, after, form, PAGE);
      for (ObjectNode event : page.events()) {
        json.writeTree(event);
      }
      after = page.last();
    } while (after != null);
    json.writeEndArray();
  }
}
