package dev.bailiff.gateway.admin.roomdeletion;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.StorableText;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Purges a room in which no local user is left (admin-api 4.39). */
@Path("/_synapse/admin/v1/purge_room")
@Produces(MediaType.APPLICATION_JSON)
public final class RoomPurgeResource {
  private final RoomDeletionJobs deletions;

  public RoomPurgeResource(RoomDeletionJobs deletions) {
    this.deletions = deletions;
  }

  @POST
  @Needs(value = Scope.JOBS_SUBMIT, kind = "delete-rooms")
  public void purge(@Context Call call, @Suspended AsyncResponse response) {
    var body = call.body().required();
    BodyKeys.require(body, "room_id");
    var room = BodyKeys.text(body, "room_id", Errcode.M_BAD_JSON);
    if (room == null) {
      throw ApiException.bad(Errcode.M_BAD_JSON, "'room_id' must be a string");
    }
    // No room has an id this long, and no job could be stored with it.
    if (!StorableText.isShort(room)) {
      throw ApiException.notFound("Unknown room");
    }
    deletions.purge(room, call, response);
  }
}
