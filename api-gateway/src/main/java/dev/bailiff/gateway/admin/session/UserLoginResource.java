package dev.bailiff.gateway.admin.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.session.AccessTokens;
import dev.bailiff.schemas.api.session.AccessTokenReply;
import dev.bailiff.secret.Secret;
import dev.bailiff.secret.Sha256;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Gives an admin a token that acts as a user (admin-api 4.15). */
@Path("/_synapse/admin/v1/users/{user_id}/login")
@Produces(MediaType.APPLICATION_JSON)
public final class UserLoginResource {
  private static final String UNTIL = "valid_until_ms";

  private final Accounts accounts;
  private final LocalUsers users;
  private final AccessTokens tokens;

  public UserLoginResource(Accounts accounts, LocalUsers users, AccessTokens tokens) {
    this.accounts = accounts;
    this.users = users;
    this.tokens = tokens;
  }

  /**
   * The new token belongs to the caller. If an operator calls, it belongs to the user that
   * operators act as.
   */
  @POST
  @Needs({Scope.USERS_WRITE, Scope.CONTENT_READ})
  public AccessTokenReply logIn(@PathParam("user_id") PathSegment id, @Context Call call) {
    var user = UserId.parse(users.localFirst(id, "Only local users can be logged in as")).value();
    if (!accounts.exists(user)) {
      throw ApiException.notFound("User not found");
    }
    var validUntil = validUntil(call.body().orEmpty());
    if (call.caller().is(user)) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "Cannot use admin API to login as self");
    }
    var token = Secret.random();
    tokens.addPuppet(call.caller().actingUser(), Sha256.of(token), validUntil, user);
    return new AccessTokenReply(token);
  }

  /** Milliseconds since the epoch, may lie in the past; null = never expires. */
  private static @Nullable Long validUntil(ObjectNode body) {
    var value = body.path(UNTIL);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "'" + UNTIL + "' parameter must be an int");
    }
    return value.longValue();
  }
}
