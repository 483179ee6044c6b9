package dev.bailiff.gateway.admin.lookup;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.account.UserRooms;
import dev.bailiff.schemas.api.lookup.InviteCountReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** The number of invites that a user sent. An unknown user is no error (admin-api 5.28). */
@Path("/_synapse/admin/v1/users/{user_id}/sent_invite_count")
@Produces(MediaType.APPLICATION_JSON)
public final class InviteCountResource {
  private final UserRooms rooms;

  public InviteCountResource(UserRooms rooms) {
    this.rooms = rooms;
  }

  @GET
  @Needs(Scope.USERS_READ)
  public InviteCountReply count(@PathParam("user_id") PathSegment user, @Context Call call) {
    long from = call.query().integer("from_ts");
    return new InviteCountReply(user.storable() ? rooms.sentInvites(user.value(), from) : 0);
  }
}
