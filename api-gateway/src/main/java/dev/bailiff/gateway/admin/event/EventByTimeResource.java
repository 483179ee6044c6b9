package dev.bailiff.gateway.admin.event;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.timeline.EventMoment;
import dev.bailiff.homeserver.store.timeline.Timeline;
import dev.bailiff.schemas.api.event.EventMomentReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** The event of a room that is closest to a time (admin-api 5.44). */
@Path("/_synapse/admin/v1/rooms/{room_id}/timestamp_to_event")
@Produces(MediaType.APPLICATION_JSON)
public final class EventByTimeResource {
  private final Timeline timeline;

  public EventByTimeResource(Timeline timeline) {
    this.timeline = timeline;
  }

  @GET
  @Needs(Scope.ROOMS_READ)
  public EventMomentReply find(@PathParam("room_id") PathSegment id, @Context Call call) {
    long at = call.query().integer("ts");
    boolean backwards = call.query().oneOf("dir", List.of("f", "b"), "f").equals("b");
    Optional<EventMoment> found =
        id.storable() ? timeline.closest(id.value(), at, backwards) : Optional.empty();
    return found
        .map(event -> new EventMomentReply(event.eventId(), event.sentAt()))
        .orElseThrow(() -> ApiException.notFound("No event of this room is there"));
  }
}
