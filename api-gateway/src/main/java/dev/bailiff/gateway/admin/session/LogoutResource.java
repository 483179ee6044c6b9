package dev.bailiff.gateway.admin.session;

import dev.bailiff.gateway.auth.AllowedFor;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.Session;
import dev.bailiff.homeserver.store.session.AccessTokens;
import dev.bailiff.schemas.api.EmptyReply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/**
 * Ends sessions (admin-api 4.16, 4.17). A token by which an admin acts as a user belongs to the
 * admin. That token ends alone, or with all tokens of the admin.
 */
@AllowedFor(Audience.LEAVING_USERS)
@Path("/_matrix/client")
@Produces(MediaType.APPLICATION_JSON)
public final class LogoutResource {
  private final AccessTokens tokens;

  public LogoutResource(AccessTokens tokens) {
    this.tokens = tokens;
  }

  @POST
  @Path("/v3/logout")
  public EmptyReply logOut(@Context Call call) {
    var session = session(call);
    tokens.end(session.tokenSha256(), session.owner(), session.deviceId());
    return new EmptyReply();
  }

  @POST
  @Path("/r0/logout")
  public EmptyReply logOutOldClients(@Context Call call) {
    return logOut(call);
  }

  @POST
  @Path("/v3/logout/all")
  public EmptyReply logOutEverywhere(@Context Call call) {
    tokens.endAll(session(call).actingUser());
    return new EmptyReply();
  }

  @POST
  @Path("/r0/logout/all")
  public EmptyReply logOutOldClientsEverywhere(@Context Call call) {
    return logOutEverywhere(call);
  }

  /** Only users get here, and every user has a session. */
  private static Session session(Call call) {
    return call.caller().session().orElseThrow();
  }
}
