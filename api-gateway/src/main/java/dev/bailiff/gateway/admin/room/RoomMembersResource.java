package dev.bailiff.gateway.admin.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.room.Rooms;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is joined to a room (admin-api 4.36). */
@Path("/_synapse/admin/v1/rooms/{room_id}/members")
@Produces(MediaType.APPLICATION_JSON)
public final class RoomMembersResource {
  private static final int PAGE = 10_000;

  private final Rooms rooms;

  public RoomMembersResource(Rooms rooms) {
    this.rooms = rooms;
  }

  @GET
  public ObjectNode list(@PathParam("room_id") PathSegment id) {
    if (!id.storable() || !rooms.known(id.value())) {
      throw ApiException.notFound("Room not found");
    }
    var body = JsonNodeFactory.instance.objectNode();
    var members = body.putArray("members");
    @Nullable String after = null;
    List<String> page;
    do {
      page = rooms.joinedMembers(id.value(), after, PAGE);
      page.forEach(members::add);
      after = page.isEmpty() ? after : page.get(page.size() - 1);
    } while (page.size() == PAGE);
    return body.put("total", members.size());
  }
}
