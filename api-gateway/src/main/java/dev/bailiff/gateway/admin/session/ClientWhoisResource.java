package dev.bailiff.gateway.admin.session;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.AllowedFor;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.session.Connections;
import dev.bailiff.schemas.api.session.WhoisReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * The addresses from which a user was seen, under the paths of all versions of the client API
 * (admin-api 4.6).
 */
@AllowedFor(Audience.ADMINS_AND_SELF)
@Path("/_matrix/client")
@Produces(MediaType.APPLICATION_JSON)
public final class ClientWhoisResource {
  private final Whois whois;

  public ClientWhoisResource(LocalUsers users, Connections connections) {
    this.whois = new Whois(users, connections);
  }

  @GET
  @Needs(Scope.CONTENT_READ)
  @Path("/v3/admin/whois/{user_id}")
  public WhoisReply show(@PathParam("user_id") PathSegment id) {
    return whois.of(id);
  }

  @GET
  @Needs(Scope.CONTENT_READ)
  @Path("/r0/admin/whois/{user_id}")
  public WhoisReply showOldClients(@PathParam("user_id") PathSegment id) {
    return whois.of(id);
  }

  @GET
  @Needs(Scope.CONTENT_READ)
  @Path("/unstable/admin/whois/{user_id}")
  public WhoisReply showEarlyClients(@PathParam("user_id") PathSegment id) {
    return whois.of(id);
  }

  @GET
  @Needs(Scope.CONTENT_READ)
  @Path("/api/v1/admin/whois/{user_id}")
  public WhoisReply showOldestClients(@PathParam("user_id") PathSegment id) {
    return whois.of(id);
  }
}
