package dev.bailiff.gateway.admin.user;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.guard.Guard;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.homeserver.store.account.AccountFlag;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.schemas.api.EmptyReply;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Shadow-bans a user, who gets no notice, or lifts the ban (admin-api 4.26, 4.27). */
@Path("/_synapse/admin/v1/users/{user_id}/shadow_ban")
@Produces(MediaType.APPLICATION_JSON)
public final class ShadowBanResource {
  private final Accounts accounts;
  private final LocalUsers users;
  private final Guard guard;

  public ShadowBanResource(Accounts accounts, LocalUsers users, Guard guard) {
    this.guard = guard;
    this.accounts = accounts;
    this.users = users;
  }

  @POST
  @Needs(Scope.USERS_WRITE)
  public EmptyReply ban(@PathParam("user_id") PathSegment id, @Context Call call) {
    var user = local(id);
    guard.require(call.caller(), user.value());
    return set(user, true);
  }

  @DELETE
  @Needs(Scope.USERS_WRITE)
  public EmptyReply lift(@PathParam("user_id") PathSegment id) {
    return set(local(id), false);
  }

  private UserId local(PathSegment id) {
    return UserId.parse(users.localFirst(id, "Only local users can be shadow-banned"));
  }

  private EmptyReply set(UserId user, boolean banned) {
    if (!accounts.set(user.value(), AccountFlag.SHADOW_BANNED, banned)) {
      throw new ApiException(404, Errcode.M_UNKNOWN, "User not found");
    }
    return new EmptyReply();
  }
}
