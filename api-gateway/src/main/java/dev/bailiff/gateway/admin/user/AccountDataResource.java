package dev.bailiff.gateway.admin.user;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.account.AccountData;
import dev.bailiff.homeserver.store.account.AccountDataEntries;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What clients keep with a user's account (admin-api 4.12). */
@Path("/_synapse/admin/v1/users/{user_id}/accountdata")
@Produces(MediaType.APPLICATION_JSON)
public final class AccountDataResource {
  private final LocalUsers users;
  private final AccountDataEntries entries;

  public AccountDataResource(LocalUsers users, AccountDataEntries entries) {
    this.users = users;
    this.entries = entries;
  }

  @GET
  public ObjectNode show(@PathParam("user_id") PathSegment id) {
    var user = users.knownLocalFirst(id, "Can only look up local users");
    var body = JsonNodeFactory.instance.objectNode();
    var data = body.putObject("account_data");
    var global = data.putObject("global");
    var rooms = data.putObject("rooms");
    for (AccountData entry : entries.list(user)) {
      var holder = entry.roomId() == null ? global : rooms.withObjectProperty(entry.roomId());
      // As it was stored: it is the client's.
      holder.putRawValue(entry.type(), new RawValue(entry.content()));
    }
    return body;
  }
}
