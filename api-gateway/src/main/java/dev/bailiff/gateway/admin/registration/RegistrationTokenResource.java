package dev.bailiff.gateway.admin.registration;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.registration.RegistrationToken;
import dev.bailiff.homeserver.store.registration.RegistrationTokens;
import dev.bailiff.schemas.api.EmptyReply;
import dev.bailiff.schemas.api.registration.RegistrationTokenListReply;
import dev.bailiff.schemas.api.registration.RegistrationTokenReply;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;

/** Registration tokens: list, show, change, delete (admin-api 5.38). */
@Path("/_synapse/admin/v1/registration_tokens")
@Produces(MediaType.APPLICATION_JSON)
public final class RegistrationTokenResource {
  private final RegistrationTokens tokens;
  private final Clock clock;

  public RegistrationTokenResource(RegistrationTokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  @GET
  @Needs(Scope.REGISTRATION_WRITE)
  public RegistrationTokenListReply list(@Context Call call) {
    var valid = call.query().bool("valid").orElse(null);
    return new RegistrationTokenListReply(
        tokens.list(valid, clock.millis()).stream().map(RegistrationTokenResource::reply).toList());
  }

  @GET
  @Needs(Scope.REGISTRATION_WRITE)
  @Path("/{token}")
  public RegistrationTokenReply show(@PathParam("token") PathSegment token) {
    return reply(tokens.find(known(token)).orElseThrow(RegistrationTokenResource::unknown));
  }

  @PUT
  @Needs(Scope.REGISTRATION_WRITE)
  @Path("/{token}")
  public RegistrationTokenReply change(@PathParam("token") PathSegment token, @Context Call call) {
    var body = new TokenBody(call.body().required(), clock.millis());
    var uses = body.usesAllowed();
    var expiry = body.expiryTime();
    return reply(
        tokens.change(known(token), uses, expiry).orElseThrow(RegistrationTokenResource::unknown));
  }

  @DELETE
  @Needs(Scope.REGISTRATION_WRITE)
  @Path("/{token}")
  public EmptyReply delete(@PathParam("token") PathSegment token) {
    if (!tokens.delete(known(token))) {
      throw unknown();
    }
    return new EmptyReply();
  }

  private static String known(PathSegment token) {
    if (!token.storable()) {
      throw unknown();
    }
    return token.value();
  }

  private static ApiException unknown() {
    return ApiException.notFound("No such registration token");
  }

  static RegistrationTokenReply reply(RegistrationToken token) {
    return new RegistrationTokenReply(
        token.token(), token.usesAllowed(), token.pending(), token.completed(), token.expiryAt());
  }
}
