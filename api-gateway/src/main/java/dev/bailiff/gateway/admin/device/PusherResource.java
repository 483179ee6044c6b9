package dev.bailiff.gateway.admin.device;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.device.Pusher;
import dev.bailiff.homeserver.store.device.Pushers;
import dev.bailiff.schemas.api.device.PusherListReply;
import dev.bailiff.schemas.api.device.PusherReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The pushers of a user, which receive the user's notifications (admin-api 4.25). */
@Path("/_synapse/admin/v1/users/{user_id}/pushers")
@Produces(MediaType.APPLICATION_JSON)
public final class PusherResource {
  private final LocalUsers users;
  private final Pushers pushers;

  public PusherResource(LocalUsers users, Pushers pushers) {
    this.users = users;
    this.pushers = pushers;
  }

  @GET
  @Needs(Scope.USERS_READ)
  public PusherListReply list(@PathParam("user_id") PathSegment id) {
    var found = pushers.list(users.known(id, "Can only look up local users").value());
    return new PusherListReply(found.stream().map(PusherResource::reply).toList(), found.size());
  }

  /** If the store does not know, a pusher counts as enabled and its device is null. */
  private static PusherReply reply(Pusher pusher) {
    var data = new RawValue(pusher.data() == null ? "{}" : pusher.data());
    return new PusherReply(
        pusher.appDisplayName(),
        pusher.appId(),
        JsonNodeFactory.instance.rawValueNode(data),
        pusher.deviceDisplayName(),
        pusher.kind(),
        pusher.lang(),
        pusher.profileTag(),
        pusher.pushkey(),
        pusher.enabled() == null || pusher.enabled(),
        pusher.deviceId());
  }
}
