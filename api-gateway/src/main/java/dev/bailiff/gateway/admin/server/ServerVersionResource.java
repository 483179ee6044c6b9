package dev.bailiff.gateway.admin.server;

import dev.bailiff.gateway.auth.AllowedFor;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.schemas.api.server.ServerVersionReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The version of this server (admin-api 5.25); the call needs no token and ignores one. */
@AllowedFor(Audience.EVERYBODY)
@Path("/_synapse/admin/v1/server_version")
@Produces(MediaType.APPLICATION_JSON)
public final class ServerVersionResource {
  private static final String VERSION = "Bailiff " + ofJar();

  @GET
  public ServerVersionReply version() {
    return new ServerVersionReply(VERSION);
  }

  private static String ofJar() {
    var version = ServerVersionResource.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
