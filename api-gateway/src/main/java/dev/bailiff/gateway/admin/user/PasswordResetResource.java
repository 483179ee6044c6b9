package dev.bailiff.gateway.admin.user;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.admin.session.CallerSession;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.Passwords;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.schemas.api.EmptyReply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Gives a user a new password (admin-api 4.8). */
@Path("/_synapse/admin/v1/reset_password/{user_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class PasswordResetResource {
  private final Accounts accounts;
  private final boolean passwords;

  /**
   * @param passwords whether passwords are in use here
   */
  public PasswordResetResource(Accounts accounts, boolean passwords) {
    this.accounts = accounts;
    this.passwords = passwords;
  }

  @POST
  @Needs(Scope.USERS_WRITE)
  public EmptyReply reset(@PathParam("user_id") PathSegment id, @Context Call call) {
    var user = UserId.parse(id.value()).value();
    var body = call.body().required();
    BodyKeys.require(body, "new_password");
    var password = body.path("new_password");
    if (!password.isTextual()) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "'new_password' must be a string");
    }
    if (Passwords.isTooLong(password.textValue())) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "Invalid password");
    }
    StorableText.require(password.textValue());
    boolean logout = BodyKeys.bool(body, "logout_devices", true, Errcode.M_INVALID_PARAM);
    if (!passwords) {
      throw new ApiException(403, Errcode.M_FORBIDDEN, "Password change disabled");
    }
    // Checked before the hash is made, which takes a quarter of a second of a core.
    if (!accounts.exists(user)
        || !accounts.setPassword(
            user,
            Passwords.hash(password.textValue()),
            logout,
            CallerSession.of(call.caller(), user))) {
      throw ApiException.notFound("User not found");
    }
    return new EmptyReply();
  }
}
