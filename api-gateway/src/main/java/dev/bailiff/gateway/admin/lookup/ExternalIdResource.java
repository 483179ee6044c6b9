package dev.bailiff.gateway.admin.lookup;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.account.ExternalId;
import dev.bailiff.schemas.api.lookup.FoundUserReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Finds the user with an id of a single sign-on provider (admin-api 4.32). */
@Path("/_synapse/admin/v1/auth_providers/{provider}/users/{external_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class ExternalIdResource {
  private final Accounts accounts;

  public ExternalIdResource(Accounts accounts) {
    this.accounts = accounts;
  }

  @GET
  @Needs(Scope.USERS_READ)
  public FoundUserReply find(
      @PathParam("provider") PathSegment provider, @PathParam("external_id") PathSegment id) {
    if (!provider.storable() || !id.storable()) {
      throw ApiException.notFound("User not found");
    }
    return accounts
        .findBy(new ExternalId(provider.value(), id.value()))
        .map(FoundUserReply::new)
        .orElseThrow(() -> ApiException.notFound("User not found"));
  }
}
