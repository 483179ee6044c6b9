package dev.bailiff.gateway.admin.statistic;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.homeserver.store.statistic.LargestRooms;
import dev.bailiff.schemas.api.statistic.LargestRoomsReply;
import dev.bailiff.schemas.api.statistic.LargestRoomsReply.LargeRoom;
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
  @Needs(Scope.SERVER_READ)
  public LargestRoomsReply list() {
    return new LargestRoomsReply(
        rooms.find().stream().map(room -> new LargeRoom(room.roomId(), room.size())).toList());
  }
}
