package dev.bailiff.gateway.admin.event;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.JsonStream;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.timeline.RoomState;
import dev.bailiff.homeserver.store.timeline.Timeline;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;

/** An event with the events before and after it (admin-api 5.42). */
@Path("/_synapse/admin/v1/rooms/{room_id}/context/{event_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class ContextResource {
  private static final long USUAL_LIMIT = 10;

  private final Timeline timeline;
  private final RoomState state;

  public ContextResource(Timeline timeline, RoomState state) {
    this.timeline = timeline;
    this.state = state;
  }

  @GET
  @Needs(Scope.CONTENT_READ)
  public StreamingOutput show(
      @PathParam("room_id") PathSegment room,
      @PathParam("event_id") PathSegment id,
      @Context Call call) {
    long limit = call.query().integer("limit", USUAL_LIMIT);
    var filter = EventQuery.filter(call.query());
    if (!id.storable()) {
      throw ApiException.notFound("Event not found");
    }
    var read = timeline.readBy(call.caller().actingUser());
    var event =
        read.find(id.value(), filter.form())
            .orElseThrow(() -> ApiException.notFound("Event not found"));
    if (!event.roomId().equals(room.value())) {
      throw new ApiException(404, Errcode.M_UNKNOWN, "The event is in another room");
    }
    return JsonStream.of(json -> new ContextReply(read, state, event, filter).write(json, limit));
  }
}
