package dev.bailiff.gateway.admin.media;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Deletes local media by last use and size (admin-api 5.14). */
@Path("/_synapse/admin/v1/media/delete")
@Produces(MediaType.APPLICATION_JSON)
public final class MediaSweepResource {
  private final MediaDeletionJobs deletions;

  public MediaSweepResource(MediaDeletionJobs deletions) {
    this.deletions = deletions;
  }

  @POST
  @Needs(value = Scope.JOBS_SUBMIT, kind = "delete-media")
  public void sweep(@Context Call call, @Suspended AsyncResponse response) {
    var parameters = MediaSweepQuery.parse(call.query());
    deletions.delete(DeleteMediaContract.ALL, parameters, call, response);
  }
}
