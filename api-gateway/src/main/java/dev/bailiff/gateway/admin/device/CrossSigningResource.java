package dev.bailiff.gateway.admin.device;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.device.CrossSigningKeys;
import dev.bailiff.schemas.api.device.KeyReplacementReply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/**
 * Lets a user replace their cross-signing keys without their password for a while (admin-api 4.18).
 */
@Path("/_synapse/admin/v1/users/{user_id}/_allow_cross_signing_replacement_without_uia")
@Produces(MediaType.APPLICATION_JSON)
public final class CrossSigningResource {
  private final CrossSigningKeys keys;

  public CrossSigningResource(CrossSigningKeys keys) {
    this.keys = keys;
  }

  @POST
  @Needs(Scope.USERS_WRITE)
  public KeyReplacementReply allow(@PathParam("user_id") PathSegment id) {
    var until =
        (id.storable() ? keys.allowReplacement(id.value()) : Optional.<Long>empty())
            .orElseThrow(() -> ApiException.notFound("User has no master cross-signing key"));
    return new KeyReplacementReply(until);
  }
}
