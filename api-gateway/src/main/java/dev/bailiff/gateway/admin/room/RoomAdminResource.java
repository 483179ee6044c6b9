package dev.bailiff.gateway.admin.room;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.homeserver.store.roomadmin.RefusedException;
import dev.bailiff.homeserver.store.roomadmin.RoomAdmins;
import dev.bailiff.schemas.api.EmptyReply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Hands the highest power in a room to a user (admin-api 5.35). */
@Path("/_synapse/admin/v1/rooms/{room_id_or_alias}/make_room_admin")
@Produces(MediaType.APPLICATION_JSON)
public final class RoomAdminResource {
  private final RoomNames names;
  private final RoomAdmins admins;
  private final LocalServer localServer;

  public RoomAdminResource(Rooms rooms, RoomAdmins admins, LocalServer localServer) {
    this.names = new RoomNames(rooms);
    this.admins = admins;
    this.localServer = localServer;
  }

  @POST
  @Needs(Scope.ROOMS_WRITE)
  public EmptyReply make(@PathParam("room_id_or_alias") PathSegment name, @Context Call call) {
    var body = call.body().orEmpty();
    var room = names.roomId(name);
    var server = localServer.serverName().orElse("");
    try {
      admins.requireGranter(room, server);
      var user = user(body.get("user_id"), call);
      var inviter = admins.grant(room, user, server);
      if (inviter.isPresent()) {
        invite(room, inviter.get(), user);
      }
    } catch (RefusedException e) {
      throw Refusals.error(e, 400);
    }
    return new EmptyReply();
  }

  /** Runs in a transaction of its own: the grant stays if the invite is refused. */
  private void invite(String room, String inviter, String user) {
    if (!localServer.isLocal(user)) {
      throw new ApiException(
          403, Errcode.M_FORBIDDEN, "Users of other servers cannot be invited from here");
    }
    admins.invite(room, inviter, user);
  }

  private static String user(@Nullable JsonNode value, Call call) {
    if (value == null) {
      return call.caller().actingUser();
    }
    if (!value.isTextual()) {
      throw ApiException.bad(Errcode.M_BAD_JSON, "'user_id' must be a string");
    }
    var user = StorableText.require(value.textValue());
    if (!user.startsWith("@") || user.indexOf(':') < 0 || !StorableText.isShort(user)) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "'user_id' is not a user id");
    }
    return user;
  }
}
