package dev.bailiff.gateway.admin.device;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.homeserver.store.device.Device;
import dev.bailiff.homeserver.store.device.Devices;
import dev.bailiff.schemas.api.EmptyReply;
import dev.bailiff.schemas.api.device.DeviceListReply;
import dev.bailiff.schemas.api.device.DeviceReply;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** A user's devices: list, add, show, rename, delete (admin-api 4.19, 4.20, 4.22 to 4.24). */
@Path("/_synapse/admin/v2/users/{user_id}/devices")
@Produces(MediaType.APPLICATION_JSON)
public final class DeviceResource {
  static final String NOT_LOCAL = "Can only lookup local users";
  private static final int LONGEST_ID = 512;
  private static final int LONGEST_NAME = 100;

  private final LocalUsers users;
  private final Devices devices;

  public DeviceResource(LocalUsers users, Devices devices) {
    this.users = users;
    this.devices = devices;
  }

  @GET
  @Needs(Scope.USERS_READ)
  public DeviceListReply list(@PathParam("user_id") PathSegment id) {
    var found = devices.list(users.known(id, NOT_LOCAL).value());
    return new DeviceListReply(found.stream().map(DeviceResource::reply).toList(), found.size());
  }

  @POST
  @Needs(Scope.USERS_WRITE)
  public Response add(@PathParam("user_id") PathSegment id, @Context Call call) {
    var user = users.known(id, "Can only create devices for local users").value();
    var device = call.body().required().path("device_id");
    if (!device.isTextual() || device.textValue().isEmpty()) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "'device_id' must be a string that is not empty");
    }
    // Synapse has no bound here. An id longer than a login may give fits no index of the store.
    if (BodyKeys.length(device.textValue()) > LONGEST_ID) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "'device_id' is too long");
    }
    if (!devices.add(user, StorableText.require(device.textValue()))) {
      throw ApiException.bad(Errcode.M_FORBIDDEN, "The device id is reserved");
    }
    return Response.status(201).entity(new EmptyReply()).build();
  }

  @GET
  @Needs(Scope.USERS_READ)
  @Path("/{device_id}")
  public DeviceReply show(
      @PathParam("user_id") PathSegment id, @PathParam("device_id") PathSegment device) {
    var user = users.known(id, NOT_LOCAL).value();
    if (!device.storable()) {
      throw unknown();
    }
    return devices
        .find(user, device.value())
        .map(DeviceResource::reply)
        .orElseThrow(DeviceResource::unknown);
  }

  /** A body without a name changes nothing, and the device is not looked up. */
  @PUT
  @Needs(Scope.USERS_WRITE)
  @Path("/{device_id}")
  public EmptyReply rename(
      @PathParam("user_id") PathSegment id,
      @PathParam("device_id") PathSegment device,
      @Context Call call) {
    var user = users.known(id, NOT_LOCAL).value();
    var name = BodyKeys.text(call.body().orEmpty(), "display_name", Errcode.M_INVALID_PARAM);
    if (name != null) {
      if (BodyKeys.length(name) > LONGEST_NAME) {
        throw ApiException.bad(
            Errcode.M_TOO_LARGE, "'display_name' is longer than " + LONGEST_NAME + " characters");
      }
      if (!device.storable() || !devices.rename(user, device.value(), name)) {
        throw unknown();
      }
    }
    return new EmptyReply();
  }

  @DELETE
  @Needs(Scope.USERS_WRITE)
  @Path("/{device_id}")
  public EmptyReply delete(
      @PathParam("user_id") PathSegment id, @PathParam("device_id") PathSegment device) {
    var user = users.known(id, NOT_LOCAL).value();
    if (device.storable()) {
      devices.delete(user, List.of(device.value()));
    }
    return new EmptyReply();
  }

  private static DeviceReply reply(Device device) {
    return new DeviceReply(
        device.deviceId(),
        device.displayName(),
        device.lastSeenIp(),
        device.lastSeenUserAgent(),
        device.lastSeenAt(),
        device.userId());
  }

  private static ApiException unknown() {
    return ApiException.notFound("No device found");
  }
}
