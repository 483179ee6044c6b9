package dev.bailiff.gateway.admin.room;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.schemas.api.room.AliasesReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The local aliases of a room; an unknown room has none. Admin clients make this call of the client
 * API on the way: synadm deactivates nobody whose rooms' aliases it cannot read. Only server admins
 * are served.
 */
@Path("/_matrix/client")
@Produces(MediaType.APPLICATION_JSON)
public final class RoomAliasesResource {
  private static final int PAGE = 1_000;

  private final Rooms rooms;

  public RoomAliasesResource(Rooms rooms) {
    this.rooms = rooms;
  }

  @GET
  @Needs(Scope.ROOMS_READ)
  @Path("/v3/rooms/{room_id}/aliases")
  public AliasesReply list(@PathParam("room_id") PathSegment id) {
    var aliases = new ArrayList<String>();
    if (!id.storable()) {
      return new AliasesReply(aliases);
    }
    @Nullable String after = null;
    List<String> page;
    do {
      page = rooms.aliases(id.value(), after, PAGE);
      aliases.addAll(page);
      after = page.isEmpty() ? after : page.get(page.size() - 1);
    } while (page.size() == PAGE);
    return new AliasesReply(aliases);
  }

  @GET
  @Needs(Scope.ROOMS_READ)
  @Path("/r0/rooms/{room_id}/aliases")
  public AliasesReply listForOldClients(@PathParam("room_id") PathSegment id) {
    return list(id);
  }
}
