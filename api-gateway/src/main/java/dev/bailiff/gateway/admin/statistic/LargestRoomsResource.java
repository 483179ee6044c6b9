package dev.bailiff.gateway.admin.statistic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.store.statistic.LargestRooms;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The rooms that take the most space (admin-api 5.40). */
@Path("/_synapse/admin/v1/statistics/database/rooms")
@Produces(MediaType.APPLICATION_JSON)
public final class LargestRoomsResource {
  private final LargestRooms rooms;

  public LargestRoomsResource(LargestRooms rooms) {
    this.rooms = rooms;
  }

  @GET
  public ObjectNode list() {
    var body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray("rooms");
    rooms
        .find()
        .forEach(
            room ->
                list.addObject().put("room_id", room.roomId()).put("estimated_size", room.size()));
    return body;
  }
}
