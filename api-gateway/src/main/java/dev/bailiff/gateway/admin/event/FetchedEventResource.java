package dev.bailiff.gateway.admin.event;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.JsonStream;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.timeline.Timeline;
import dev.bailiff.schemas.api.event.FetchedEventReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;

/** One event as stored, in any room (admin-api 5.43). */
@Path("/_synapse/admin/v1/fetch_event/{event_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class FetchedEventResource {
  private final Timeline timeline;

  public FetchedEventResource(Timeline timeline) {
    this.timeline = timeline;
  }

  @GET
  @Needs(Scope.CONTENT_READ)
  public StreamingOutput show(@PathParam("event_id") PathSegment id) {
    if (!id.storable()) {
      throw ApiException.notFound("Event not found");
    }
    var event =
        timeline.asStored(id.value()).orElseThrow(() -> ApiException.notFound("Event not found"));
    return JsonStream.ofValue(new FetchedEventReply(event));
  }
}
