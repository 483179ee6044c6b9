package dev.bailiff.gateway.admin.roomdeletion;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.RoomId;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/**
 * {@code DELETE v1/rooms/<id>} and {@code POST v1/rooms/<id>/delete}: deletes a room and answers
 * when it is done (admin-api 5.1, 4.37).
 */
@Path("/_synapse/admin/v1/rooms/{room_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class WaitingRoomDeletionResource {
  private final RoomDeletionJobs deletions;

  public WaitingRoomDeletionResource(RoomDeletionJobs deletions) {
    this.deletions = deletions;
  }

  @DELETE
  @Needs(value = Scope.JOBS_SUBMIT, kind = "delete-rooms")
  public void delete(
      @PathParam("room_id") PathSegment id, @Context Call call, @Suspended AsyncResponse response) {
    var body = RoomDeletionBody.parse(call.body().required());
    deletions.delete(RoomId.parse(id.value()), body, call, response);
  }

  @POST
  @Needs(value = Scope.JOBS_SUBMIT, kind = "delete-rooms")
  @Path("/delete")
  public void deleteKnown(
      @PathParam("room_id") PathSegment id, @Context Call call, @Suspended AsyncResponse response) {
    var body = RoomDeletionBody.parse(call.body().required());
    deletions.deleteKnown(RoomId.parse(id.value()), body, call, response);
  }
}
