package dev.bailiff.gateway.admin.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.account.RateLimitOverride;
import dev.bailiff.homeserver.store.account.RateLimitOverrides;
import dev.bailiff.schemas.api.EmptyReply;
import dev.bailiff.schemas.api.user.RateLimitReply;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** The rate limit of a user who may send faster or slower than others (admin-api 4.28 to 4.30). */
@Path("/_synapse/admin/v1/users/{user_id}/override_ratelimit")
@Produces(MediaType.APPLICATION_JSON)
public final class RateLimitResource {
  private static final String NOT_LIMITED = "Only local users can be ratelimited";

  private final LocalUsers users;
  private final RateLimitOverrides overrides;

  public RateLimitResource(LocalUsers users, RateLimitOverrides overrides) {
    this.users = users;
    this.overrides = overrides;
  }

  /** A {@link RateLimitReply}, or an empty object for a user with the usual limit. */
  @GET
  @Needs(Scope.USERS_READ)
  public Record show(@PathParam("user_id") PathSegment id) {
    return overrides
        .find(users.knownLocalFirst(id, "Can only look up local users"))
        .<Record>map(RateLimitResource::reply)
        .orElseGet(EmptyReply::new);
  }

  /** A key that the body leaves out becomes 0. */
  @POST
  @Needs(Scope.USERS_WRITE)
  public RateLimitReply set(@PathParam("user_id") PathSegment id, @Context Call call) {
    var user = users.knownLocalFirst(id, NOT_LIMITED);
    var body = call.body().orEmpty();
    var limit =
        new RateLimitOverride(number(body, "messages_per_second"), number(body, "burst_count"));
    overrides.set(user, limit);
    return reply(limit);
  }

  @DELETE
  @Needs(Scope.USERS_WRITE)
  public EmptyReply remove(@PathParam("user_id") PathSegment id) {
    overrides.remove(users.knownLocalFirst(id, NOT_LIMITED));
    return new EmptyReply();
  }

  private static RateLimitReply reply(RateLimitOverride limit) {
    return new RateLimitReply(limit.messagesPerSecond(), limit.burstCount());
  }

  private static long number(ObjectNode body, String key) {
    var value = body.path(key);
    if (value.isMissingNode()) {
      return 0;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM, "'" + key + "' must be an integer that is not negative");
    }
    return value.longValue();
  }
}
