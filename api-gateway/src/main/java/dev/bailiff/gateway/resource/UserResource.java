package dev.bailiff.gateway.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.Identity;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.http.PathSegment;
import dev.bailiff.gateway.http.UserId;
import dev.bailiff.gateway.submit.JobSubmission;
import dev.bailiff.gateway.wait.JobWaits;
import dev.bailiff.homeserver.identity.IdentityServers;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.account.ExternalIdInUseException;
import dev.bailiff.schemas.command.DeactivateUsersParameters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/** Users: show, list, create or modify (admin-api 4.1 to 4.3). */
@Path("/_synapse/admin/v2/users")
@Produces(MediaType.APPLICATION_JSON)
public final class UserResource {
  private final Accounts accounts;
  private final LocalUsers users;
  private final UserSaving saving;
  private final JobSubmission submission;
  private final JobWaits waits;

  /**
   * @param userTypes types that a user may have
   */
  public UserResource(
      Accounts accounts,
      Identity identity,
      Set<String> userTypes,
      IdentityServers identityServers,
      JobSubmission submission,
      JobWaits waits) {
    this.accounts = accounts;
    this.users = new LocalUsers(accounts, identity);
    this.saving = new UserSaving(accounts, userTypes, identityServers);
    this.submission = submission;
    this.waits = waits;
  }

  @GET
  public ObjectNode list(@Context Call call) {
    var filter = UserListQuery.parse(call.query());
    var page = accounts.list(filter);
    var body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray("users");
    page.items().forEach(user -> list.add(UserJson.of(user)));
    body.put("total", page.total());
    // Compared this way round, as the sum may be too large for a long.
    if (filter.from() < page.total() && filter.limit() < page.total() - filter.from()) {
      body.put("next_token", Long.toString(filter.from() + page.items().size()));
    }
    return body;
  }

  @GET
  @Path("/{user_id}")
  public ObjectNode show(@PathParam("user_id") PathSegment id) {
    var user = UserId.parse(id.value());
    users.requireLocal(user, "Can only look up local users");
    return UserJson.of(users.find(user));
  }

  @PUT
  @Path("/{user_id}")
  public void save(
      @PathParam("user_id") PathSegment id, @Context Call call, @Suspended AsyncResponse response) {
    var user = UserId.parse(id.value());
    var body = call.body().required();
    users.requireLocal(user, "This endpoint can only be used with local users");
    var change = UserBody.parse(user, body, saving.types());
    boolean created;
    try {
      var known = accounts.find(user.value());
      created = saving.save(change, known, call.caller());
      if (known.isPresent() && change.deactivates() && !known.get().deactivated()) {
        var job =
            submission.submitOne(
                Kinds.DEACTIVATE_USERS,
                user.value(),
                new DeactivateUsersParameters(false),
                call.caller());
        waits.answer(job, call.preference(), new UserReply(users, user), response);
        return;
      }
    } catch (ExternalIdInUseException e) {
      throw new ApiException(409, Errcode.M_UNKNOWN, "External id is already in use.");
    }
    response.resume(
        Response.status(created ? 201 : 200)
            .type(MediaType.APPLICATION_JSON_TYPE)
            .entity(UserJson.of(users.find(user)))
            .build());
  }
}
