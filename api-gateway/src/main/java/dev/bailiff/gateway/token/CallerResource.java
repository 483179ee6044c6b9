package dev.bailiff.gateway.token;

import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.schemas.api.token.CallerReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Who calls, and what they may. */
@Path("/_bailiff/v1/whoami")
@Produces(MediaType.APPLICATION_JSON)
public final class CallerResource {

  @GET
  @Needs({})
  public CallerReply show(@Context Call call) {
    var caller = call.caller();
    var terms = caller.rights().terms();
    return new CallerReply(
        caller.requester(),
        caller.account().orElse(null),
        terms.effectiveScopes().sorted(),
        terms.targets(),
        terms.mostTargets(),
        terms.expiresAt(),
        terms.limits().jobsAMinute(),
        terms.limits().targetsADay());
  }
}
