package dev.bailiff.gateway.admin.user;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.schemas.api.user.UserPageReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** The newer list of users (admin-api 4.4). */
@Path("/_synapse/admin/v3/users")
@Produces(MediaType.APPLICATION_JSON)
public final class UserListResource {
  private final UserList users;

  public UserListResource(UserList users) {
    this.users = users;
  }

  @GET
  @Needs(Scope.USERS_READ)
  public UserPageReply list(@Context Call call) {
    return users.reply(call.query(), UserListQuery.Deactivated.ONLY);
  }
}
