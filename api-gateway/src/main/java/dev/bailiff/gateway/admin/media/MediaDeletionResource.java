package dev.bailiff.gateway.admin.media;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.media.MediaId;
import dev.bailiff.homeserver.media.MediaPages;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Deletes one medium, even a protected one (admin-api 5.13). */
@Path("/_synapse/admin/v1/media/{server_name}/{media_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class MediaDeletionResource {
  private final LocalServer localServer;
  private final MediaPages media;
  private final MediaDeletionJobs deletions;

  public MediaDeletionResource(
      LocalServer localServer, MediaPages media, MediaDeletionJobs deletions) {
    this.localServer = localServer;
    this.media = media;
    this.deletions = deletions;
  }

  @DELETE
  @Needs(value = Scope.JOBS_SUBMIT, kind = "delete-media")
  public void delete(
      @PathParam("server_name") PathSegment server,
      @PathParam("media_id") PathSegment id,
      @Context Call call,
      @Suspended AsyncResponse response) {
    requireOurs(localServer, server);
    if (!MediaId.isValid(id.value()) || !media.exists(id.value())) {
      throw ApiException.notFound("Unknown media");
    }
    deletions.delete(id.value(), MediaDeletionJobs.NO_PARAMETERS, call, response);
  }

  /** Requires our own server name: 400 {@code M_UNKNOWN} otherwise. */
  static void requireOurs(LocalServer localServer, PathSegment server) {
    if (localServer.serverName().filter(server.value()::equals).isEmpty()) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "Can only delete local media");
    }
  }
}
