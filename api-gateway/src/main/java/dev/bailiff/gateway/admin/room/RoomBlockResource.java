package dev.bailiff.gateway.admin.room;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.guard.Guard;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.RoomId;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.schemas.api.room.BlockReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Whether a room is blocked (admin-api 5.9, 5.10). */
@Path("/_synapse/admin/v1/rooms/{room_id}/block")
@Produces(MediaType.APPLICATION_JSON)
public final class RoomBlockResource {
  private final Rooms rooms;
  private final Guard guard;

  public RoomBlockResource(Rooms rooms, Guard guard) {
    this.guard = guard;
    this.rooms = rooms;
  }

  @GET
  @Needs(Scope.ROOMS_READ)
  public BlockReply show(@PathParam("room_id") PathSegment id) {
    var blocker = rooms.blockedBy(RoomId.parse(id.value()).value());
    return new BlockReply(blocker.isPresent(), blocker.orElse(null));
  }

  @PUT
  @Needs(Scope.ROOMS_WRITE)
  public BlockReply set(@PathParam("room_id") PathSegment id, @Context Call call) {
    var body = call.body().required();
    var room = RoomId.parse(id.value()).value();
    BodyKeys.require(body, "block");
    boolean block = BodyKeys.bool(body, "block", false, Errcode.M_BAD_JSON);
    if (block) {
      guard.require(call.caller(), room);
      rooms.block(room, call.caller().actingUser());
    } else {
      rooms.unblock(room);
    }
    return new BlockReply(block, null);
  }
}
