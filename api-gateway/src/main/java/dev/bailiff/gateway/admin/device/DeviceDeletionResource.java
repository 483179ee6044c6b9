package dev.bailiff.gateway.admin.device;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.homeserver.store.device.Devices;
import dev.bailiff.schemas.api.EmptyReply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;

/** Deletes several devices of a user (admin-api 4.21). */
@Path("/_synapse/admin/v2/users/{user_id}/delete_devices")
@Produces(MediaType.APPLICATION_JSON)
public final class DeviceDeletionResource {
  private final LocalUsers users;
  private final Devices devices;

  public DeviceDeletionResource(LocalUsers users, Devices devices) {
    this.users = users;
    this.devices = devices;
  }

  @POST
  @Needs(Scope.USERS_WRITE)
  public EmptyReply delete(@PathParam("user_id") PathSegment id, @Context Call call) {
    var user = users.known(id, DeviceResource.NOT_LOCAL).value();
    var body = call.body().required();
    BodyKeys.require(body, "devices");
    devices.delete(user, ids(body.path("devices")));
    return new EmptyReply();
  }

  /** Leaves out ids that the store cannot hold, as no device has one. */
  private static List<String> ids(JsonNode value) {
    if (!value.isArray()) {
      throw notAList();
    }
    var ids = new ArrayList<String>();
    for (JsonNode id : value) {
      if (!id.isTextual()) {
        throw notAList();
      }
      if (StorableText.isStorable(id.textValue())) {
        ids.add(id.textValue());
      }
    }
    return ids;
  }

  private static ApiException notAList() {
    return ApiException.bad(Errcode.M_INVALID_PARAM, "'devices' must be a list of strings");
  }
}
