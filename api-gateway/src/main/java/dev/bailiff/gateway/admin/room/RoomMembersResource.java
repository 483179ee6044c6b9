package dev.bailiff.gateway.admin.room;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.schemas.api.room.MembersReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members who are joined to a room (admin-api 4.36). */
@Path("/_synapse/admin/v1/rooms/{room_id}/members")
@Produces(MediaType.APPLICATION_JSON)
public final class RoomMembersResource {
  private static final int PAGE = 10_000;

  private final Rooms rooms;

  public RoomMembersResource(Rooms rooms) {
    this.rooms = rooms;
  }

  @GET
  @Needs(Scope.ROOMS_READ)
  public MembersReply list(@PathParam("room_id") PathSegment id) {
    if (!id.storable() || !rooms.known(id.value())) {
      throw ApiException.notFound("Room not found");
    }
    var members = new ArrayList<String>();
    @Nullable String after = null;
    List<String> page;
    do {
      page = rooms.joinedMembers(id.value(), after, PAGE);
      members.addAll(page);
      after = page.isEmpty() ? after : page.get(page.size() - 1);
    } while (page.size() == PAGE);
    return new MembersReply(members, members.size());
  }
}
