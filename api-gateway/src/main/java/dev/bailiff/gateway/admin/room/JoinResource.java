package dev.bailiff.gateway.admin.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.homeserver.store.roomadmin.RefusedException;
import dev.bailiff.homeserver.store.roomadmin.RoomJoins;
import dev.bailiff.schemas.api.room.JoinReply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Joins a local user to a room (admin-api 5.35). */
@Path("/_synapse/admin/v1/join/{room_id_or_alias}")
@Produces(MediaType.APPLICATION_JSON)
public final class JoinResource {
  private final RoomNames names;
  private final RoomJoins joins;
  private final Accounts accounts;
  private final LocalServer localServer;

  public JoinResource(Rooms rooms, RoomJoins joins, Accounts accounts, LocalServer localServer) {
    this.names = new RoomNames(rooms);
    this.joins = joins;
    this.accounts = accounts;
    this.localServer = localServer;
  }

  @POST
  @Needs(Scope.ROOMS_WRITE)
  public JoinReply join(@PathParam("room_id_or_alias") PathSegment name, @Context Call call) {
    var user = user(call.body().required());
    if (!localServer.isLocal(user.value())) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "This endpoint can only be used with local users");
    }
    if (accounts.find(user.value()).isEmpty()) {
      throw ApiException.notFound("User not found");
    }
    var room = names.roomId(name);
    try {
      joins.join(room, user.value(), call.caller().actingUser());
    } catch (RefusedException e) {
      throw Refusals.error(e, 404);
    }
    return new JoinReply(room);
  }

  private static UserId user(ObjectNode body) {
    BodyKeys.require(body, "user_id");
    var text = BodyKeys.text(body, "user_id", Errcode.M_INVALID_PARAM);
    return UserId.parse(text == null ? "" : text);
  }
}
