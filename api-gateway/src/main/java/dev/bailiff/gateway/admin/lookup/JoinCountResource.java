package dev.bailiff.gateway.admin.lookup;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.account.UserRooms;
import dev.bailiff.schemas.api.lookup.JoinCountReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** The number of rooms that a user joined. An unknown user is no error (admin-api 5.29). */
@Path("/_synapse/admin/v1/users/{user_id}/cumulative_joined_room_count")
@Produces(MediaType.APPLICATION_JSON)
public final class JoinCountResource {
  private final UserRooms rooms;

  public JoinCountResource(UserRooms rooms) {
    this.rooms = rooms;
  }

  @GET
  @Needs(Scope.USERS_READ)
  public JoinCountReply count(@PathParam("user_id") PathSegment user, @Context Call call) {
    long from = call.query().integer("from_ts");
    return new JoinCountReply(user.storable() ? rooms.joinedSince(user.value(), from) : 0);
  }
}
