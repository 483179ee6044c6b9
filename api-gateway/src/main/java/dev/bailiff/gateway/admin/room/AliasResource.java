package dev.bailiff.gateway.admin.room;

import dev.bailiff.gateway.auth.AllowedFor;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.schemas.api.room.AliasReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/**
 * Shows the room of an alias to every caller, as the client API does. The call asks no other
 * server. The reply names only our server: other servers in the room can be as many as the room's
 * members.
 */
@AllowedFor(Audience.EVERYBODY)
@Path("/_matrix/client")
@Produces(MediaType.APPLICATION_JSON)
public final class AliasResource {
  private final Rooms rooms;
  private final LocalServer localServer;

  public AliasResource(Rooms rooms, LocalServer localServer) {
    this.rooms = rooms;
    this.localServer = localServer;
  }

  @GET
  @Path("/v3/directory/room/{alias}")
  public AliasReply find(@PathParam("alias") PathSegment alias) {
    if (!alias.value().startsWith("#") || alias.value().indexOf(':') < 0) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "Room alias invalid");
    }
    if (!alias.storable()) {
      throw ApiException.notFound("Room alias not found");
    }
    var room =
        rooms
            .byAlias(alias.value())
            .orElseThrow(() -> ApiException.notFound("Room alias not found"));
    return new AliasReply(room, List.of(localServer.serverName().orElse("")));
  }

  @GET
  @Path("/r0/directory/room/{alias}")
  public AliasReply findForOldClients(@PathParam("alias") PathSegment alias) {
    return find(alias);
  }
}
