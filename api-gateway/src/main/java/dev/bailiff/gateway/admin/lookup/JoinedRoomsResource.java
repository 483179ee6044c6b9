package dev.bailiff.gateway.admin.lookup;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.account.UserRooms;
import dev.bailiff.schemas.api.lookup.JoinedRoomsReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/**
 * The rooms that a user is joined to (admin-api 4.11). An unknown user is no error: the list is
 * empty.
 */
@Path("/_synapse/admin/v1/users/{user_id}/joined_rooms")
@Produces(MediaType.APPLICATION_JSON)
public final class JoinedRoomsResource {
  private final UserRooms rooms;

  public JoinedRoomsResource(UserRooms rooms) {
    this.rooms = rooms;
  }

  @GET
  @Needs(Scope.USERS_READ)
  public JoinedRoomsReply list(@PathParam("user_id") PathSegment user) {
    List<String> joined = user.storable() ? rooms.joined(user.value()) : List.of();
    return new JoinedRoomsReply(joined, joined.size());
  }
}
