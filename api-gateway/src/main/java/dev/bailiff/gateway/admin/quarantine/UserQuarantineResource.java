package dev.bailiff.gateway.admin.quarantine;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.media.Quarantine;
import dev.bailiff.schemas.api.quarantine.QuarantinedReply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Quarantines the uploads of a user (admin-api 5.22). A user without uploads is no error. */
@Path("/_synapse/admin/v1/user/{user_id}/media/quarantine")
@Produces(MediaType.APPLICATION_JSON)
public final class UserQuarantineResource {
  private final Quarantine quarantine;
  private final LocalServer localServer;

  public UserQuarantineResource(Quarantine quarantine, LocalServer localServer) {
    this.quarantine = quarantine;
    this.localServer = localServer;
  }

  @POST
  @Needs(Scope.MEDIA_WRITE)
  public QuarantinedReply quarantine(@PathParam("user_id") PathSegment id, @Context Call call) {
    long touched =
        id.storable()
            ? quarantine.addOfUser(
                id.value(), localServer.serverName().orElse(""), call.caller().actingUser())
            : 0;
    return new QuarantinedReply(touched);
  }
}
