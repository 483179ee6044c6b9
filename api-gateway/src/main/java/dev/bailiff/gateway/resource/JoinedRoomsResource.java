package dev.bailiff.gateway.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.http.PathSegment;
import dev.bailiff.homeserver.store.account.Accounts;
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
  private final Accounts accounts;

  public JoinedRoomsResource(Accounts accounts) {
    this.accounts = accounts;
  }

  @GET
  public ObjectNode list(@PathParam("user_id") PathSegment user) {
    List<String> rooms = user.storable() ? accounts.joinedRooms(user.value()) : List.of();
    var body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray("joined_rooms");
    rooms.forEach(list::add);
    return body.put("total", rooms.size());
  }
}
