package dev.bailiff.gateway.admin.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.admin.room.RoomNames;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.homeserver.store.timeline.Timeline;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * Where the history of a room goes on (admin-api 5.46). The store keeps no graph of events, so that
 * it does so at one event, the newest, and there is never anything to delete.
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
  public ObjectNode list(@PathParam("room_id_or_alias") PathSegment name) {
    var newest = timeline.newest(names.roomId(name));
    var body = JsonNodeFactory.instance.objectNode();
    body.put("count", newest.isPresent() ? 1 : 0);
    var results = body.putArray("results");
    newest.ifPresent(
        event ->
            results
                .addObject()
                .put("event_id", event.eventId())
                .putNull("state_group")
                .put("depth", event.depth())
                // The store knows no other time of it.
                .put("received_ts", event.sentAt()));
    return body;
  }

  @DELETE
  public ObjectNode delete(@PathParam("room_id_or_alias") PathSegment name) {
    names.roomId(name);
    return JsonNodeFactory.instance.objectNode().put("deleted", 0);
  }
}
