package dev.bailiff.gateway.admin.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.store.timeline.EventFilter;
import dev.bailiff.homeserver.store.timeline.FoundEvent;
import dev.bailiff.homeserver.store.timeline.RoomState;
import dev.bailiff.homeserver.store.timeline.StreamToken;
import dev.bailiff.homeserver.store.timeline.Timeline;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** Writes one reply of {@link ContextResource} while it is read from the store. */
final class ContextReply {
  /** Events of one query. */
  private static final int PAGE = 500;

  private final Timeline timeline;
  private final RoomState state;
  private final FoundEvent event;
  private final EventFilter filter;
  private final Set<String> senders = new TreeSet<>();

  /** The last event written. */
  private StreamToken last;

  ContextReply(Timeline timeline, RoomState state, FoundEvent event, EventFilter filter) {
    this.timeline = timeline;
    this.state = state;
    this.event = event;
    this.filter = filter;
    this.last = event.position();
  }

  /**
   * Writes the whole reply.
   *
   * @param limit of events before and after together
   */
  void write(JsonGenerator json, long limit) throws IOException {
    senders.add(event.sender());
    long before = limit / 2;
    json.writeStartObject();
    json.writeFieldName("events_before");
    var start = writeEvents(json, event.before(), true, before);
    json.writeFieldName("event");
    json.writeTree(event.json());
    json.writeFieldName("events_after");
    var end = writeEvents(json, event.position(), false, limit - before);
    json.writeFieldName("state");
    writeState(json);
    json.writeStringField("start", start.token());
    json.writeStringField("end", end.token());
    json.writeEndObject();
  }

  /** The state as it was at the last event of the reply, as in Synapse. */
  private void writeState(JsonGenerator json) throws IOException {
    new StateStream(state).writeAt(json, event.roomId(), last, filter, senders);
  }

  /** Returns the position from which a client reads on in this direction. */
  private StreamToken writeEvents(
      JsonGenerator json, StreamToken from, boolean backwards, long limit) throws IOException {
    json.writeStartArray();
    var at = from;
    var to = backwards ? StreamToken.START : StreamToken.END;
    boolean atEnd = false;
    for (long open = limit; open > 0 && !atEnd; ) {
      var page =
          timeline.page(event.roomId(), at, to, backwards, filter, (int) Math.min(open, PAGE));
      for (ObjectNode one : page.events()) {
        json.writeTree(one);
      }
      senders.addAll(page.senders());
      var lastOfPage = page.last();
      if (!backwards && lastOfPage != null) {
        last = lastOfPage;
      }
      at = page.end();
      open -= page.counted();
      // A filter that lets nothing through ends the search; the tokens show where the search ended.
      atEnd = page.atEnd() || page.counted() == 0;
    }
    json.writeEndArray();
    return at;
  }
}
