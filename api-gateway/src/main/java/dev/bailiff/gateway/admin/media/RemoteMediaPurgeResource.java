package dev.bailiff.gateway.admin.media;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.homeserver.store.media.RemoteMedia;
import dev.bailiff.schemas.api.media.PurgedCopiesReply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/**
 * Deletes copies of other servers' media that nobody asked for since a time (admin-api 5.16). This
 * needs no job: Bailiff fetches no copies, so there are only records to delete.
 */
@Path("/_synapse/admin/v1/purge_media_cache")
@Produces(MediaType.APPLICATION_JSON)
public final class RemoteMediaPurgeResource {
  private final RemoteMedia media;

  public RemoteMediaPurgeResource(RemoteMedia media) {
    this.media = media;
  }

  @POST
  @Needs(Scope.MEDIA_WRITE)
  public PurgedCopiesReply purge(@Context Call call) {
    long before = MediaSweepQuery.requireMillis(call.query().integer("before_ts"));
    return new PurgedCopiesReply(media.purge(before));
  }
}
