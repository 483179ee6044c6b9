package dev.bailiff.gateway.admin.event;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.JsonStream;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.homeserver.store.timeline.Hierarchy;
import dev.bailiff.schemas.api.event.HierarchyReply;
import dev.bailiff.schemas.api.event.HierarchyRoomReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;

/** A space with the rooms in it (admin-api 5.45). */
@Path("/_synapse/admin/v1/rooms/{room_id}/hierarchy")
@Produces(MediaType.APPLICATION_JSON)
public final class HierarchyResource {
  private static final long HIGHEST_LIMIT = 50;

  private final Rooms rooms;
  private final Hierarchy hierarchy;
  private final LocalServer localServer;

  public HierarchyResource(Rooms rooms, Hierarchy hierarchy, LocalServer localServer) {
    this.rooms = rooms;
    this.hierarchy = hierarchy;
    this.localServer = localServer;
  }

  @GET
  @Needs(Scope.ROOMS_READ)
  public StreamingOutput list(@PathParam("room_id") PathSegment id, @Context Call call) {
    long maxDepth = call.query().integer("max_depth", Long.MAX_VALUE);
    int limit = (int) Math.min(call.query().integer("limit", HIGHEST_LIMIT), HIGHEST_LIMIT);
    long skip =
        call.query()
            .ascii("from")
            .filter(from -> !from.isEmpty())
            .map(from -> HierarchyToken.read(from, id, maxDepth))
            .orElse(0L);
    if (!id.storable() || !rooms.hasState(id.value())) {
      throw ApiException.notFound("Room not found");
    }
    var part =
        hierarchy.walk(id.value(), localServer.serverName().orElse(""), maxDepth, skip, limit);
    return JsonStream.ofValue(
        new HierarchyReply(
            part.nodes().stream().map(HierarchyResource::reply).toList(),
            part.more() ? HierarchyToken.write(id, maxDepth, skip + part.nodes().size()) : null));
  }

  private static HierarchyRoomReply reply(Hierarchy.Node node) {
    var room = node.room();
    return new HierarchyRoomReply(
        room.roomId(),
        room.version(),
        room.joinedMembers(),
        "world_readable".equals(room.historyVisibility()),
        "can_join".equals(room.guestAccess()),
        room.joinRules() == null ? "invite" : room.joinRules(),
        room.name(),
        room.topic(),
        room.canonicalAlias(),
        room.avatar(),
        room.roomType(),
        room.encryption(),
        List.copyOf(node.children()));
  }
}
