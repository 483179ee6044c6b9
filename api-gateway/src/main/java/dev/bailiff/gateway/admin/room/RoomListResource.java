package dev.bailiff.gateway.admin.room;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.homeserver.store.room.RoomList;
import dev.bailiff.homeserver.store.room.RoomSummary;
import dev.bailiff.schemas.api.room.RoomPageReply;
import dev.bailiff.schemas.api.room.RoomSummaryReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** All rooms, page by page (admin-api 5.5). */
@Path("/_synapse/admin/v1/rooms")
@Produces(MediaType.APPLICATION_JSON)
public final class RoomListResource {
  private final RoomList rooms;

  public RoomListResource(RoomList rooms) {
    this.rooms = rooms;
  }

  @GET
  @Needs(Scope.ROOMS_READ)
  public RoomPageReply list(@Context Call call) {
    var query = RoomListQuery.parse(call.query());
    var paging = query.paging();
    var page = rooms.list(query.filter());
    return new RoomPageReply(
        page.items().stream().map(RoomListResource::reply).toList(),
        paging.from(),
        page.total(),
        paging.hasMore(page.total()) ? paging.from() + paging.limit() : null,
        paging.from() > 0 ? Math.max(paging.from() - paging.limit(), 0) : null);
  }

  private static RoomSummaryReply reply(RoomSummary room) {
    return new RoomSummaryReply(
        room.roomId(),
        room.name(),
        room.canonicalAlias(),
        room.joinedMembers(),
        room.joinedLocalMembers(),
        room.version(),
        room.creator(),
        room.encryption(),
        room.federatable(),
        room.inDirectory(),
        room.joinRules(),
        room.guestAccess(),
        room.historyVisibility(),
        room.stateEvents(),
        room.roomType());
  }
}
