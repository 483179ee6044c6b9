package dev.bailiff.gateway.admin.lookup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.account.UserRooms;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/**
 * The rooms a user is joined to (admin-api 4.11). Nobody is unknown here: such users are joined
 * nowhere.
 */
@Path("/_synapse/admin/v1/users/{user_id}/joined_rooms")
@Produces(MediaType.APPLICATION_JSON)
public final class JoinedRoomsResource {
  private final UserRooms rooms;

  public JoinedRoomsResource(UserRooms rooms) {
    this.rooms = rooms;
  }

  @GET
  public ObjectNode list(@PathParam("user_id") PathSegment user) {
    List<String> joined = user.storable() ? rooms.joined(user.value()) : List.of();
    var body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray("joined_rooms");
    joined.forEach(list::add);
    return body.put("total", joined.size());
  }
}
