package dev.bailiff.gateway.admin.quarantine;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.media.MediaName;
import dev.bailiff.homeserver.store.media.Quarantine;
import dev.bailiff.schemas.api.EmptyReply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/**
 * Puts one medium and all media with its content into quarantine (admin-api 5.17). An unknown
 * medium is no error.
 */
@Path("/_synapse/admin/v1/media/quarantine/{server_name}/{media_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class QuarantineResource {
  private final Quarantine quarantine;
  private final LocalServer localServer;

  public QuarantineResource(Quarantine quarantine, LocalServer localServer) {
    this.quarantine = quarantine;
    this.localServer = localServer;
  }

  @POST
  @Needs(Scope.MEDIA_WRITE)
  public EmptyReply add(
      @PathParam("server_name") PathSegment server,
      @PathParam("media_id") PathSegment id,
      @Context Call call) {
    if (server.storable() && id.storable()) {
      quarantine.add(named(server, id), ourServer(), call.caller().actingUser());
    }
    return new EmptyReply();
  }

  private static List<MediaName> named(PathSegment server, PathSegment id) {
    return List.of(new MediaName(server.value(), id.value()));
  }

  private String ourServer() {
    return localServer.serverName().orElse("");
  }
}
