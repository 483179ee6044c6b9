package dev.bailiff.gateway.admin.device;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.device.Pusher;
import dev.bailiff.homeserver.store.device.Pushers;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Where the notifications of a user go (admin-api 4.25). */
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
  public ObjectNode list(@PathParam("user_id") PathSegment id) {
    var found = pushers.list(users.known(id, "Can only look up local users").value());
    var body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray("pushers");
    found.forEach(pusher -> list.add(json(pusher)));
    return body.put("total", found.size());
  }

  /** Where nothing is known, a pusher is enabled and of no device. */
  private static ObjectNode json(Pusher pusher) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("app_display_name", pusher.appDisplayName())
            .put("app_id", pusher.appId());
    json.putRawValue("data", new RawValue(pusher.data() == null ? "{}" : pusher.data()));
    return json.put("device_display_name", pusher.deviceDisplayName())
        .put("kind", pusher.kind())
        .put("lang", pusher.lang())
        .put("profile_tag", pusher.profileTag())
        .put("pushkey", pusher.pushkey())
        .put("enabled", pusher.enabled() == null || pusher.enabled())
        .put("device_id", pusher.deviceId());
  }
}
