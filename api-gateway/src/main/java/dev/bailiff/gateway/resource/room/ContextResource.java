package dev.bailiff.gateway.resource.room;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.http.JsonStream;
import dev.bailiff.gateway.http.PathSegment;
import dev.bailiff.homeserver.store.timeline.EventFilter;
import dev.bailiff.homeserver.store.timeline.FoundEvent;
import dev.bailiff.homeserver.store.timeline.Position;
import dev.bailiff.homeserver.store.timeline.RoomState;
import dev.bailiff.homeserver.store.timeline.Timeline;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** An event with what came before and after it (admin-api 5.42). */
@Path("/_synapse/admin/v1/rooms/{room_id}/context/{event_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class ContextResource {
  private static final long USUAL_LIMIT = 10;

  /** Events of one look at the store. */
  private static final int PAGE = 500;

  private final Timeline timeline;
  private final RoomState state;
  private final StateStream wholeState;

  public ContextResource(Timeline timeline, RoomState state) {
    this.timeline = timeline;
    this.state = state;
    this.wholeState = new StateStream(state);
  }

  @GET
  public StreamingOutput show(
      @PathParam("room_id") PathSegment room,
      @PathParam("event_id") PathSegment id,
      @Context Call call) {
    long limit = call.query().integer("limit", USUAL_LIMIT);
    var filter = EventQuery.filter(call.query());
    if (!id.storable()) {
      throw ApiException.notFound("Event not found");
    }
    var event =
        timeline
            .find(id.value(), filter.form())
            .orElseThrow(() -> ApiException.notFound("Event not found"));
    if (!event.roomId().equals(room.value())) {
      throw new ApiException(404, Errcode.M_UNKNOWN, "The event is in another room");
    }
    return JsonStream.of(json -> write(json, event, limit, filter));
  }

  private void write(JsonGenerator json, FoundEvent event, long limit, EventFilter filter)
      throws IOException {
    var senders = new TreeSet<String>();
    senders.add(event.sender());
    long before = limit / 2;
    json.writeStartObject();
    json.writeFieldName("events_before");
    var start = writeEvents(json, event, event.before(), true, before, filter, senders);
    json.writeFieldName("event");
    json.writeTree(event.json());
    json.writeFieldName("events_after");
    var end = writeEvents(json, event, event.position(), false, limit - before, filter, senders);
    json.writeFieldName("state");
    if (filter.membersOfSenders()) {
      json.writeStartArray();
      for (ObjectNode member :
          state.members(event.roomId(), senders.stream().toList(), filter.form())) {
        json.writeTree(member);
      }
      json.writeEndArray();
    } else {
      wholeState.write(json, event.roomId(), null, filter.form());
    }
    json.writeStringField("start", start.token());
    json.writeStringField("end", end.token());
    json.writeEndObject();
  }

  /** Returns where a client goes on in this direction. */
  private Position writeEvents(
      JsonGenerator json,
      FoundEvent event,
      Position from,
      boolean backwards,
      long limit,
      EventFilter filter,
      Set<String> senders)
      throws IOException {
    json.writeStartArray();
    var at = from;
    var to = backwards ? Position.START : Position.END;
    boolean atEnd = false;
    for (long open = limit; open > 0 && !atEnd; ) {
      var page =
          timeline.page(event.roomId(), at, to, backwards, filter, (int) Math.min(open, PAGE));
      for (ObjectNode one : page.events()) {
        json.writeTree(one);
      }
      senders.addAll(page.senders());
      at = page.end();
      open -= page.events().size();
      // A filter that lets nothing through ends the search; the tokens tell where it ended.
      atEnd = page.atEnd() || page.events().isEmpty();
    }
    json.writeEndArray();
    return at;
  }
}
