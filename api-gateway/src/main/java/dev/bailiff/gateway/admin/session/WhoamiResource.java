package dev.bailiff.gateway.admin.session;

import dev.bailiff.gateway.auth.AllowedFor;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.schemas.api.session.WhoamiReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** The user that a token acts as (admin-api 5.30). */
@AllowedFor(Audience.USERS)
@Path("/_matrix/client")
@Produces(MediaType.APPLICATION_JSON)
public final class WhoamiResource {

  @GET
  @Path("/v3/account/whoami")
  public WhoamiReply show(@Context Call call) {
    // Only users get here, and every user has a session.
    var session = call.caller().session().orElseThrow();
    return new WhoamiReply(session.actingUser(), session.guest(), session.deviceId());
  }

  @GET
  @Path("/r0/account/whoami")
  public WhoamiReply showOldClients(@Context Call call) {
    return show(call);
  }
}
