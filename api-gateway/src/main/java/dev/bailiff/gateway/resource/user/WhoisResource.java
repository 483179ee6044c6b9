package dev.bailiff.gateway.resource.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.auth.For;
import dev.bailiff.gateway.http.PathSegment;
import dev.bailiff.gateway.resource.LocalUsers;
import dev.bailiff.homeserver.store.access.Connections;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** From where a user was seen, as the admin API calls it (admin-api 4.5). */
@For(Audience.ADMINS_AND_SELF)
@Path("/_synapse/admin/v1/whois/{user_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class WhoisResource {
  private final WhoisReply reply;

  public WhoisResource(LocalUsers users, Connections connections) {
    this.reply = new WhoisReply(users, connections);
  }

  @GET
  public ObjectNode show(@PathParam("user_id") PathSegment id) {
    return reply.of(id);
  }
}
