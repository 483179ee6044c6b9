package dev.bailiff.gateway.admin.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.JsonStream;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.homeserver.store.timeline.Hierarchy;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;

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
    var body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray("rooms");
    part.nodes().forEach(node -> list.add(json(node)));
    if (part.more()) {
      body.put("next_batch", HierarchyToken.write(id, maxDepth, skip + part.nodes().size()));
    }
    return JsonStream.ofValue(body);
  }

  private static ObjectNode json(Hierarchy.Node node) {
    var room = node.room();
    var json = JsonNodeFactory.instance.objectNode();
    json.put("room_id", room.roomId());
    json.put("room_version", room.version());
    json.put("num_joined_members", room.joinedMembers());
    json.put("world_readable", "world_readable".equals(room.historyVisibility()));
    json.put("guest_can_join", "can_join".equals(room.guestAccess()));
    json.put("join_rule", room.joinRules() == null ? "invite" : room.joinRules());
    putIfSet(json, "name", room.name());
    putIfSet(json, "topic", room.topic());
    putIfSet(json, "canonical_alias", room.canonicalAlias());
    putIfSet(json, "avatar_url", room.avatar());
    putIfSet(json, "room_type", room.roomType());
    putIfSet(json, "encryption", room.encryption());
    var children = json.putArray("children_state");
    node.children().forEach(children::add);
    return json;
  }

  private static void putIfSet(ObjectNode json, String key, @Nullable String value) {
    if (value != null) {
      json.put(key, value);
    }
  }
}
