package dev.bailiff.gateway.admin.lookup;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.admin.user.NewUserIds;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.schemas.api.lookup.UsernameReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Whether a new user may have a name (admin-api 4.31). */
@Path("/_synapse/admin/v1/username_available")
@Produces(MediaType.APPLICATION_JSON)
public final class UsernameResource {
  private final NewUserIds names;

  public UsernameResource(NewUserIds names) {
    this.names = names;
  }

  @GET
  @Needs(Scope.USERS_READ)
  public UsernameReply check(@Context Call call) {
    var username =
        call.query()
            .ascii("username")
            .orElseThrow(
                () ->
                    ApiException.bad(
                        Errcode.M_MISSING_PARAM,
                        "Missing required string query parameter username"));
    names.requireFree(username);
    return new UsernameReply(true);
  }
}
