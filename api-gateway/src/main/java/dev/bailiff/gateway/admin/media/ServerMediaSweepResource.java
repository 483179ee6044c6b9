package dev.bailiff.gateway.admin.media;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/**
 * The path of old clients for {@link MediaSweepResource} (admin-api 5.14). It names the server,
 * which can only be ours. The path comes before that of {@link MediaResource}, which also matches.
 */
@Path("/_synapse/admin/v1/media/{server_name}/delete")
@Produces(MediaType.APPLICATION_JSON)
public final class ServerMediaSweepResource {
  private final LocalServer localServer;
  private final MediaDeletionJobs deletions;

  public ServerMediaSweepResource(LocalServer localServer, MediaDeletionJobs deletions) {
    this.localServer = localServer;
    this.deletions = deletions;
  }

  @POST
  @Needs(value = Scope.JOBS_SUBMIT, kind = "delete-media")
  public void sweep(
      @PathParam("server_name") PathSegment server,
      @Context Call call,
      @Suspended AsyncResponse response) {
    var parameters = MediaSweepQuery.parse(call.query());
    MediaDeletionResource.requireOurs(localServer, server);
    deletions.delete(DeleteMediaContract.ALL, parameters, call, response);
  }
}
