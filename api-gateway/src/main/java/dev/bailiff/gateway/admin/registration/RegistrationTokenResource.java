package dev.bailiff.gateway.admin.registration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.registration.RegistrationToken;
import dev.bailiff.homeserver.store.registration.RegistrationTokens;
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
  public ObjectNode list(@Context Call call) {
    var valid = call.query().bool("valid").orElse(null);
    var body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray("registration_tokens");
    tokens.list(valid, clock.millis()).forEach(token -> list.add(json(token)));
    return body;
  }

  @GET
  @Path("/{token}")
  public ObjectNode show(@PathParam("token") PathSegment token) {
    return json(tokens.find(known(token)).orElseThrow(RegistrationTokenResource::unknown));
  }

  @PUT
  @Path("/{token}")
  public ObjectNode change(@PathParam("token") PathSegment token, @Context Call call) {
    var body = new TokenBody(call.body().required(), clock.millis());
    var uses = body.usesAllowed();
    var expiry = body.expiryTime();
    return json(
        tokens.change(known(token), uses, expiry).orElseThrow(RegistrationTokenResource::unknown));
  }

  @DELETE
  @Path("/{token}")
  public ObjectNode delete(@PathParam("token") PathSegment token) {
    if (!tokens.delete(known(token))) {
      throw unknown();
    }
    return JsonNodeFactory.instance.objectNode();
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

  static ObjectNode json(RegistrationToken token) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("token", token.token())
        .put("uses_allowed", token.usesAllowed())
        .put("pending", token.pending())
        .put("completed", token.completed())
        .put("expiry_time", token.expiryAt());
  }
}
