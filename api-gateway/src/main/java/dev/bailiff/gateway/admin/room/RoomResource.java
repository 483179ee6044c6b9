package dev.bailiff.gateway.admin.room;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.room.RoomDetails;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.schemas.api.room.RoomReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** One room (admin-api 5.6). */
@Path("/_synapse/admin/v1/rooms/{room_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class RoomResource {
  private final Rooms rooms;
  private final LocalServer localServer;

  public RoomResource(Rooms rooms, LocalServer localServer) {
    this.rooms = rooms;
    this.localServer = localServer;
  }

  @GET
  @Needs(Scope.ROOMS_READ)
  public RoomReply show(@PathParam("room_id") PathSegment id) {
    if (!id.storable()) {
      throw ApiException.notFound("Room not found");
    }
    return rooms
        .find(id.value(), localServer.serverName().orElse(""))
        .map(RoomResource::reply)
        .orElseThrow(() -> ApiException.notFound("Room not found"));
  }

  private static RoomReply reply(RoomDetails room) {
    return new RoomReply(
        room.roomId(),
        room.name(),
        room.canonicalAlias(),
        room.joinedMembers(),
        room.joinedLocalMembers(),
        room.joinedLocalDevices(),
        room.version(),
        room.creator(),
        room.encryption(),
        room.federatable(),
        room.inDirectory(),
        room.joinRules(),
        room.guestAccess(),
        room.historyVisibility(),
        room.stateEvents(),
        room.roomType(),
        room.topic(),
        room.avatar(),
        room.forgotten(),
        room.tombstoned(),
        room.replacementRoom());
  }
}
