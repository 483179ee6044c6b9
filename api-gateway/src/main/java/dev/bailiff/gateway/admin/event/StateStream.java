package dev.bailiff.gateway.admin.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.store.timeline.EventFilter;
import dev.bailiff.homeserver.store.timeline.EventFormat;
import dev.bailiff.homeserver.store.timeline.RoomState;
import dev.bailiff.homeserver.store.timeline.StateKey;
import dev.bailiff.homeserver.store.timeline.StreamToken;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the state of a room page by page, as a room may have a million members. */
final class StateStream {
  private static final int PAGE = 1_000;

  private final RoomState state;

  StateStream(RoomState state) {
    this.state = state;
  }

  /** Writes an array of state events. */
  void write(JsonGenerator json, String room, @Nullable String type, EventFormat form)
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

  /**
   * Writes an array of the state events as they were at a position in the room's history.
   *
   * @param senders the only members whose state is written, if the filter asks for that
   */
  void writeAt(
      JsonGenerator json,
      String room,
      StreamToken at,
      EventFilter filter,
      Collection<String> senders)
      throws IOException {
    json.writeStartArray();
    @Nullable StateKey after = null;
    do {
      var page = state.pageAt(room, at, after, filter, PAGE);
      write(json, page.events());
      after = page.last();
    } while (after != null && !(filter.membersOfSenders() && after.isMember()));
    if (filter.membersOfSenders()) {
      write(json, state.membersAt(room, at, List.copyOf(senders), filter));
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, List<ObjectNode> events) throws IOException {
    for (ObjectNode event : events) {
      json.writeTree(event);
    }
  }
}
