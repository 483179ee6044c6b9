package dev.bailiff.gateway.admin.session;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.For;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Whom a token acts as (admin-api 5.30). */
@For(Audience.USERS)
@Path("/_matrix/client")
@Produces(MediaType.APPLICATION_JSON)
public final class WhoamiResource {

  @GET
  @Path("/v3/account/whoami")
  public ObjectNode show(@Context Call call) {
    // Only users get here, and they have one.
    var session = call.caller().session().orElseThrow();
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("user_id", session.actingUser())
            .put("is_guest", session.guest());
    if (session.deviceId() != null) {
      body.put("device_id", session.deviceId());
    }
    return body;
  }

  @GET
  @Path("/r0/account/whoami")
  public ObjectNode showOldClients(@Context Call call) {
    return show(call);
  }
}
