package dev.bailiff.gateway.admin.quarantine;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.media.Quarantine;
import dev.bailiff.schemas.api.EmptyReply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Protects a local medium from quarantine (admin-api 5.19). */
@Path("/_synapse/admin/v1/media/protect/{media_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class ProtectionResource {
  private final Quarantine quarantine;

  public ProtectionResource(Quarantine quarantine) {
    this.quarantine = quarantine;
  }

  @POST
  @Needs(Scope.MEDIA_WRITE)
  public EmptyReply protect(@PathParam("media_id") PathSegment id) {
    return set(quarantine, id, true);
  }

  static EmptyReply set(Quarantine quarantine, PathSegment id, boolean safe) {
    if (!id.storable() || !quarantine.protect(id.value(), safe)) {
      throw new ApiException(404, Errcode.M_UNKNOWN, "Unknown media");
    }
    return new EmptyReply();
  }
}
