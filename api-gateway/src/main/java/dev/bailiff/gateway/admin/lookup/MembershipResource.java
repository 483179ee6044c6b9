package dev.bailiff.gateway.admin.lookup;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.account.UserRooms;
import dev.bailiff.schemas.api.lookup.MembershipsReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** The memberships of a user in any rooms. An unknown user is no error (admin-api 5.27). */
@Path("/_synapse/admin/v1/users/{user_id}/memberships")
@Produces(MediaType.APPLICATION_JSON)
public final class MembershipResource {
  private final UserRooms rooms;

  public MembershipResource(UserRooms rooms) {
    this.rooms = rooms;
  }

  @GET
  @Needs(Scope.USERS_READ)
  public MembershipsReply list(@PathParam("user_id") PathSegment user) {
    return new MembershipsReply(user.storable() ? rooms.memberships(user.value()) : Map.of());
  }
}
