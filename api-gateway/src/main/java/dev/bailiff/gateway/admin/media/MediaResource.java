package dev.bailiff.gateway.admin.media;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.media.LocalMedia;
import dev.bailiff.homeserver.store.media.RemoteMedia;
import dev.bailiff.schemas.api.media.MediaInformationReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** One medium (admin-api 5.15). */
@Path("/_synapse/admin/v1/media/{server_name}/{media_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class MediaResource {
  private final MediaInformation info;

  public MediaResource(LocalServer localServer, LocalMedia media, RemoteMedia remote) {
    this.info = new MediaInformation(localServer, media, remote);
  }

  @GET
  @Needs(Scope.MEDIA_READ)
  public MediaInformationReply show(
      @PathParam("server_name") PathSegment server, @PathParam("media_id") PathSegment id) {
    return info.find(server, id).orElseThrow(() -> ApiException.notFound("Unknown media"));
  }
}
