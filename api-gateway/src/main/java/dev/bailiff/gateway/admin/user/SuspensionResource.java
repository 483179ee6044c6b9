package dev.bailiff.gateway.admin.user;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.guard.Guard;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.account.AccountFlag;
import dev.bailiff.homeserver.store.account.Accounts;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Suspends a user, who keeps their sessions, or lifts the suspension (admin-api 5.26). */
@Path("/_synapse/admin/v1/suspend/{user_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class SuspensionResource {
  private final Accounts accounts;
  private final LocalUsers users;
  private final Guard guard;

  public SuspensionResource(Accounts accounts, LocalUsers users, Guard guard) {
    this.guard = guard;
    this.accounts = accounts;
    this.users = users;
  }

  @PUT
  @Needs(Scope.USERS_WRITE)
  public ObjectNode set(@PathParam("user_id") PathSegment id, @Context Call call) {
    var user = users.known(id, "Can only suspend local users").value();
    var body = call.body().required();
    BodyKeys.require(body, "suspend");
    boolean suspend = BodyKeys.bool(body, "suspend", false, Errcode.M_BAD_JSON);
    if (suspend) {
      guard.require(call.caller(), user);
    }
    accounts.set(user, AccountFlag.SUSPENDED, suspend);
    return JsonNodeFactory.instance.objectNode().put("user_" + user + "_suspended", suspend);
  }
}
