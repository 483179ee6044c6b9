package dev.bailiff.gateway.admin.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.room.RoomDetails;
import dev.bailiff.homeserver.store.room.Rooms;
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
  public ObjectNode show(@PathParam("room_id") PathSegment id) {
    if (!id.storable()) {
      throw ApiException.notFound("Room not found");
    }
    return rooms
        .find(id.value(), localServer.serverName().orElse(""))
        .map(RoomResource::json)
        .orElseThrow(() -> ApiException.notFound("Room not found"));
  }

  private static ObjectNode json(RoomDetails room) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("room_id", room.roomId());
    json.put("name", room.name());
    json.put("canonical_alias", room.canonicalAlias());
    json.put("joined_members", room.joinedMembers());
    json.put("joined_local_members", room.joinedLocalMembers());
    json.put("joined_local_devices", room.joinedLocalDevices());
    json.put("version", room.version());
    json.put("creator", room.creator());
    json.put("encryption", room.encryption());
    json.put("federatable", room.federatable());
    json.put("public", room.inDirectory());
    json.put("join_rules", room.joinRules());
    json.put("guest_access", room.guestAccess());
    json.put("history_visibility", room.historyVisibility());
    json.put("state_events", room.stateEvents());
    json.put("room_type", room.roomType());
    json.put("topic", room.topic());
    json.put("avatar", room.avatar());
    json.put("forgotten", room.forgotten());
    json.put("tombstoned", room.tombstoned());
    json.put("replacement_room", room.replacementRoom());
    return json;
  }
}
