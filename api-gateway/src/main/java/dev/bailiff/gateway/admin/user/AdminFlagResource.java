package dev.bailiff.gateway.admin.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.guard.Guard;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.homeserver.store.account.AccountFlag;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.schemas.api.EmptyReply;
import dev.bailiff.schemas.api.user.AdminFlagReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Whether a user is a server admin (admin-api 4.9, 4.10). */
@Path("/_synapse/admin/v1/users/{user_id}/admin")
@Produces(MediaType.APPLICATION_JSON)
public final class AdminFlagResource {
  private static final String NOT_LOCAL = "Only local users can be admins of this homeserver";

  private final Accounts accounts;
  private final LocalUsers users;
  private final Guard guard;

  public AdminFlagResource(Accounts accounts, LocalUsers users, Guard guard) {
    this.guard = guard;
    this.accounts = accounts;
    this.users = users;
  }

  /** An unknown user is no error: a user without an account is no admin. */
  @GET
  @Needs(Scope.USERS_READ)
  public AdminFlagReply show(@PathParam("user_id") PathSegment id) {
    var user = users.local(id, NOT_LOCAL);
    return new AdminFlagReply(accounts.isAdmin(user.value()).orElse(false));
  }

  @PUT
  @Needs(Scope.USERS_WRITE)
  public EmptyReply set(@PathParam("user_id") PathSegment id, @Context Call call) {
    var user = UserId.parse(id.value());
    var body = call.body().required();
    BodyKeys.require(body, "admin");
    boolean admin = flag(body.path("admin"));
    users.requireLocal(user, NOT_LOCAL);
    if (!admin && call.caller().is(user.value())) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "You may not demote yourself.");
    }
    if (!(admin ? accounts.set(user.value(), AccountFlag.ADMIN, true) : demote(user, call))) {
      throw new ApiException(404, Errcode.M_UNKNOWN, "User not found");
    }
    return new EmptyReply();
  }

  private boolean demote(UserId user, Call call) {
    return guard.inAdminTurn(
        () -> {
          guard.requireOtherAdmin(call.caller(), user.value());
          return accounts.set(user.value(), AccountFlag.ADMIN, false);
        });
  }

  /** Clients also send 0 and 1. Python would take the text "false" for true, so text is refused. */
  private static boolean flag(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isIntegralNumber() && value.canConvertToInt()) {
      switch (value.intValue()) {
        case 0:
          return false;
        case 1:
          return true;
        default:
          break;
      }
    }
    throw ApiException.bad(Errcode.M_BAD_JSON, "'admin' must be a boolean");
  }
}
