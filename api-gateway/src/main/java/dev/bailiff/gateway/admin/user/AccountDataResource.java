package dev.bailiff.gateway.admin.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.account.AccountData;
import dev.bailiff.homeserver.store.account.AccountDataEntries;
import dev.bailiff.schemas.api.user.AccountDataReply;
import dev.bailiff.schemas.api.user.AccountDataReply.Entries;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;

/** The data that clients keep with a user's account (admin-api 4.12). */
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
  @Needs(Scope.CONTENT_READ)
  public AccountDataReply show(@PathParam("user_id") PathSegment id) {
    var user = users.knownLocalFirst(id, "Can only look up local users");
    Map<String, JsonNode> global = new LinkedHashMap<>();
    Map<String, Map<String, JsonNode>> rooms = new LinkedHashMap<>();
    for (AccountData entry : entries.list(user)) {
      var holder =
          entry.roomId() == null
              ? global
              : rooms.computeIfAbsent(entry.roomId(), room -> new LinkedHashMap<>());
      // Unchanged, as the client owns these data.
      holder.put(
          entry.type(), JsonNodeFactory.instance.rawValueNode(new RawValue(entry.content())));
    }
    return new AccountDataReply(new Entries(global, rooms));
  }
}
