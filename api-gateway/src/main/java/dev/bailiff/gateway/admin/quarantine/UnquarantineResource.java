package dev.bailiff.gateway.admin.quarantine;

import dev.bailiff.access.Scope;
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
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/**
 * Takes one medium and all media with its content out of quarantine (admin-api 5.18). An unknown
 * medium is no error.
 */
@Path("/_synapse/admin/v1/media/unquarantine/{server_name}/{media_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class UnquarantineResource {
  private final Quarantine quarantine;
  private final LocalServer localServer;

  public UnquarantineResource(Quarantine quarantine, LocalServer localServer) {
    this.quarantine = quarantine;
    this.localServer = localServer;
  }

  @POST
  @Needs(Scope.MEDIA_WRITE)
  public EmptyReply remove(
      @PathParam("server_name") PathSegment server, @PathParam("media_id") PathSegment id) {
    if (server.storable() && id.storable()) {
      quarantine.remove(named(server, id), ourServer());
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
