package dev.bailiff.gateway.admin.media;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Deletes the media on one page of the list of a user's media (admin-api 4.14). */
@Path("/_synapse/admin/v1/users/{user_id}/media")
@Produces(MediaType.APPLICATION_JSON)
public final class UserMediaDeletionResource {
  private final LocalUsers users;
  private final MediaDeletionJobs deletions;

  public UserMediaDeletionResource(LocalUsers users, MediaDeletionJobs deletions) {
    this.users = users;
    this.deletions = deletions;
  }

  /** The job holds the media that the list shows now: the same page would hold others later. */
  @DELETE
  @Needs(value = Scope.JOBS_SUBMIT, kind = "delete-media")
  public void delete(
      @PathParam("user_id") PathSegment id, @Context Call call, @Suspended AsyncResponse response) {
    var filter = MediaListQuery.parse(users, id, call.query(), DeleteMediaParameters.Page.MOST);
    var page =
        new DeleteMediaParameters.Page(
            filter.order().word(), filter.descending() ? "b" : "f", filter.from(), filter.limit());
    deletions.delete(
        filter.userId(), new DeleteMediaParameters(null, null, null, page), call, response);
  }
}
