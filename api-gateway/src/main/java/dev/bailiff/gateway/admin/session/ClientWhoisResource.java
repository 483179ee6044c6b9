package dev.bailiff.gateway.admin.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.auth.For;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.session.Connections;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** From where a user was seen, as the client API calls it, in all its versions (admin-api 4.6). */
@For(Audience.ADMINS_AND_SELF)
@Path("/_matrix/client")
@Produces(MediaType.APPLICATION_JSON)
public final class ClientWhoisResource {
  private final WhoisReply reply;

  public ClientWhoisResource(LocalUsers users, Connections connections) {
    this.reply = new WhoisReply(users, connections);
  }

  @GET
  @Path("/v3/admin/whois/{user_id}")
  public ObjectNode show(@PathParam("user_id") PathSegment id) {
    return reply.of(id);
  }

  @GET
  @Path("/r0/admin/whois/{user_id}")
  public ObjectNode showOldClients(@PathParam("user_id") PathSegment id) {
    return reply.of(id);
  }

  @GET
  @Path("/unstable/admin/whois/{user_id}")
  public ObjectNode showEarlyClients(@PathParam("user_id") PathSegment id) {
    return reply.of(id);
  }

  @GET
  @Path("/api/v1/admin/whois/{user_id}")
  public ObjectNode showOldestClients(@PathParam("user_id") PathSegment id) {
    return reply.of(id);
  }
}
