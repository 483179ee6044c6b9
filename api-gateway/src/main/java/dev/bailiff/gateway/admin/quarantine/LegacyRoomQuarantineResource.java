package dev.bailiff.gateway.admin.quarantine;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.media.Quarantine;
import dev.bailiff.homeserver.store.media.RoomMedia;
import dev.bailiff.schemas.api.quarantine.QuarantinedReply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** The older path of the quarantine of a room (admin-api 5.21). */
@Path("/_synapse/admin/v1/quarantine_media/{room_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class LegacyRoomQuarantineResource {
  private final RoomQuarantine quarantine;

  public LegacyRoomQuarantineResource(
      RoomMedia media, Quarantine quarantine, LocalServer localServer) {
    this.quarantine = new RoomQuarantine(media, quarantine, localServer);
  }

  @POST
  @Needs(Scope.MEDIA_WRITE)
  public QuarantinedReply quarantine(@PathParam("room_id") PathSegment id, @Context Call call) {
    return quarantine.add(id, call);
  }
}
