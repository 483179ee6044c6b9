package dev.bailiff.gateway.admin.event;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.admin.room.RoomNames;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.homeserver.store.timeline.Timeline;
import dev.bailiff.schemas.api.event.DeletedExtremitiesReply;
import dev.bailiff.schemas.api.event.ForwardExtremitiesReply;
import dev.bailiff.schemas.api.event.ForwardExtremitiesReply.ForwardExtremity;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * The events at which the history of a room goes on (admin-api 5.46). The store keeps no graph of
 * events. The history therefore goes on at one event, the newest, and there is never anything to
 * delete.
 */
@Path("/_synapse/admin/v1/rooms/{room_id_or_alias}/forward_extremities")
@Produces(MediaType.APPLICATION_JSON)
public final class ForwardExtremitiesResource {
  private final RoomNames names;
  private final Timeline timeline;

  public ForwardExtremitiesResource(Rooms rooms, Timeline timeline) {
    this.names = new RoomNames(rooms);
    this.timeline = timeline;
  }

  @GET
  @Needs(Scope.ROOMS_READ)
  public ForwardExtremitiesReply list(@PathParam("room_id_or_alias") PathSegment name) {
    var results =
        timeline.newest(names.roomId(name)).stream()
            // The time of sending is the only time of the event that the store knows.
            .map(at -> new ForwardExtremity(at.eventId(), null, at.depth(), at.sentAt()))
            .toList();
    return new ForwardExtremitiesReply(results.size(), results);
  }

  @DELETE
  @Needs(Scope.ROOMS_WRITE)
  public DeletedExtremitiesReply delete(@PathParam("room_id_or_alias") PathSegment name) {
    names.roomId(name);
    return new DeletedExtremitiesReply(0);
  }
}
