package dev.bailiff.gateway.admin.quarantine;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.media.Quarantine;
import dev.bailiff.schemas.api.EmptyReply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Ends the protection of a local medium from quarantine (admin-api 5.20). */
@Path("/_synapse/admin/v1/media/unprotect/{media_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class UnprotectionResource {
  private final Quarantine quarantine;

  public UnprotectionResource(Quarantine quarantine) {
    this.quarantine = quarantine;
  }

  @POST
  @Needs(Scope.MEDIA_WRITE)
  public EmptyReply unprotect(@PathParam("media_id") PathSegment id) {
    return ProtectionResource.set(quarantine, id, false);
  }
}
