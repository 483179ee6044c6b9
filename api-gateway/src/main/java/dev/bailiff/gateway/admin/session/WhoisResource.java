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

/** The addresses from which a user was seen, under the path of the admin API (admin-api 4.5). */
@AllowedFor(Audience.ADMINS_AND_SELF)
@Path("/_synapse/admin/v1/whois/{user_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class WhoisResource {
  private final Whois whois;

  public WhoisResource(LocalUsers users, Connections connections) {
    this.whois = new Whois(users, connections);
  }

  @GET
  @Needs(Scope.CONTENT_READ)
  public WhoisReply show(@PathParam("user_id") PathSegment id) {
    return whois.of(id);
  }
}
