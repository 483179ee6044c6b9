package dev.bailiff.gateway.admin.lookup;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.account.ThreepidKey;
import dev.bailiff.schemas.api.lookup.FoundUserReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Finds the user with an address, spelled as it is stored (admin-api 4.33). */
@Path("/_synapse/admin/v1/threepid/{medium}/users/{address}")
@Produces(MediaType.APPLICATION_JSON)
public final class ThreepidResource {
  private final Accounts accounts;

  public ThreepidResource(Accounts accounts) {
    this.accounts = accounts;
  }

  @GET
  @Needs(Scope.USERS_READ)
  public FoundUserReply find(
      @PathParam("medium") PathSegment medium, @PathParam("address") PathSegment address) {
    if (!medium.storable() || !address.storable()) {
      throw ApiException.notFound("User not found");
    }
    return accounts
        .findByStored(new ThreepidKey(medium.value(), address.value()))
        .map(FoundUserReply::new)
        .orElseThrow(() -> ApiException.notFound("User not found"));
  }
}
