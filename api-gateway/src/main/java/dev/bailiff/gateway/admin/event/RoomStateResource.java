package dev.bailiff.gateway.admin.event;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.JsonStream;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.homeserver.store.timeline.EventFormat;
import dev.bailiff.homeserver.store.timeline.RoomState;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;

/** The current state of a room (admin-api 5.7). */
@Path("/_synapse/admin/v1/rooms/{room_id}/state")
@Produces(MediaType.APPLICATION_JSON)
public final class RoomStateResource {
  private final Rooms rooms;
  private final StateStream state;

  public RoomStateResource(Rooms rooms, RoomState state) {
    this.rooms = rooms;
    this.state = new StateStream(state);
  }

  @GET
  @Needs(Scope.ROOMS_READ)
  public StreamingOutput list(@PathParam("room_id") PathSegment id, @Context Call call) {
    if (!id.storable() || !rooms.known(id.value())) {
      throw ApiException.notFound("Room not found");
    }
    var type = call.query().ascii("type").filter(text -> !text.isEmpty()).orElse(null);
    return JsonStream.of(
        json -> {
          json.writeStartObject();
          json.writeFieldName("state");
          state.write(json, id.value(), type, EventFormat.CLIENT);
          json.writeEndObject();
        });
  }
}
