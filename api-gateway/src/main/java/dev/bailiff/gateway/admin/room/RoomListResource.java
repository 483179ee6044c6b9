package dev.bailiff.gateway.admin.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.homeserver.store.room.RoomList;
import dev.bailiff.homeserver.store.room.RoomSummary;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** All rooms, page by page (admin-api 5.5). */
@Path("/_synapse/admin/v1/rooms")
@Produces(MediaType.APPLICATION_JSON)
public final class RoomListResource {
  private final RoomList rooms;

  public RoomListResource(RoomList rooms) {
    this.rooms = rooms;
  }

  @GET
  public ObjectNode list(@Context Call call) {
    var query = RoomListQuery.parse(call.query());
    var paging = query.paging();
    var page = rooms.list(query.filter());
    var body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray("rooms");
    page.items().forEach(room -> list.add(json(room)));
    body.put("offset", paging.from());
    body.put("total_rooms", page.total());
    if (paging.hasMore(page.total())) {
      body.put("next_batch", paging.from() + paging.limit());
    }
    if (paging.from() > 0) {
      body.put("prev_batch", Math.max(paging.from() - paging.limit(), 0));
    }
    return body;
  }

  private static ObjectNode json(RoomSummary room) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("room_id", room.roomId())
        .put("name", room.name())
        .put("canonical_alias", room.canonicalAlias())
        .put("joined_members", room.joinedMembers())
        .put("joined_local_members", room.joinedLocalMembers())
        .put("version", room.version())
        .put("creator", room.creator())
        .put("encryption", room.encryption())
        .put("federatable", room.federatable())
        .put("public", room.inDirectory())
        .put("join_rules", room.joinRules())
        .put("guest_access", room.guestAccess())
        .put("history_visibility", room.historyVisibility())
        .put("state_events", room.stateEvents())
        .put("room_type", room.roomType());
  }
}
