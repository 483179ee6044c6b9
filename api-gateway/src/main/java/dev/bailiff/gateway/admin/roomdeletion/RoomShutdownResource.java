package dev.bailiff.gateway.admin.roomdeletion;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.RoomId;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Shuts a room down and keeps its history (admin-api 4.38). */
@Path("/_synapse/admin/v1/shutdown_room/{room_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class RoomShutdownResource {
  private final RoomDeletionJobs deletions;

  public RoomShutdownResource(RoomDeletionJobs deletions) {
    this.deletions = deletions;
  }

  @POST
  @Needs(value = Scope.JOBS_SUBMIT, kind = "delete-rooms")
  public void shutDown(
      @PathParam("room_id") PathSegment id, @Context Call call, @Suspended AsyncResponse response) {
    var body = call.body().required();
    BodyKeys.require(body, "new_room_user_id");
    var user = BodyKeys.text(body, "new_room_user_id", Errcode.M_BAD_JSON);
    if (user == null) {
      throw ApiException.bad(Errcode.M_BAD_JSON, "'new_room_user_id' must be a string");
    }
    var asked =
        new RoomDeletionBody(
            user,
            BodyKeys.text(body, "room_name", Errcode.M_BAD_JSON),
            BodyKeys.text(body, "message", Errcode.M_BAD_JSON),
            true,
            false,
            false);
    deletions.deleteKnown(RoomId.parse(id.value()), asked, call, response);
  }
}
