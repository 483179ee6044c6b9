package dev.bailiff.gateway.admin.user;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.job.KindNames;
import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.job.wait.JobWaits;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.account.ExternalIdInUseException;
import dev.bailiff.schemas.api.user.UserPageReply;
import dev.bailiff.schemas.api.user.UserReply;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
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

/** Users: show, list, create or modify (admin-api 4.1 to 4.3). */
@Path("/_synapse/admin/v2/users")
@Produces(MediaType.APPLICATION_JSON)
public final class UserResource {
  private final Accounts accounts;
  private final LocalUsers users;
  private final UserList list;
  private final UserUpsert saving;
  private final JobSubmission submission;
  private final JobWaits waits;

  public UserResource(
      Accounts accounts,
      LocalUsers users,
      UserList list,
      UserUpsert saving,
      JobSubmission submission,
      JobWaits waits) {
    this.accounts = accounts;
    this.users = users;
    this.list = list;
    this.saving = saving;
    this.submission = submission;
    this.waits = waits;
  }

  @GET
  @Needs(Scope.USERS_READ)
  public UserPageReply list(@Context Call call) {
    return list.reply(call.query(), UserListQuery.Deactivated.AS_WELL);
  }

  @GET
  @Needs(Scope.USERS_READ)
  @Path("/{user_id}")
  public UserReply show(@PathParam("user_id") PathSegment id) {
    return UserReplies.of(accounts, users.local(id, "Can only look up local users"));
  }

  @PUT
  @Needs(Scope.USERS_WRITE)
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
                KindNames.DEACTIVATE_USERS,
                user.value(),
                new DeactivateUsersParameters(false),
                call.caller());
        waits.answer(
            job,
            call.preference(),
            call.caller().token(),
            new DeactivatedUser(accounts, user),
            response);
        return;
      }
    } catch (ExternalIdInUseException e) {
      throw new ApiException(409, Errcode.M_UNKNOWN, "External id is already in use.");
    }
    response.resume(
        Response.status(created ? 201 : 200)
            .type(MediaType.APPLICATION_JSON_TYPE)
            .entity(UserReplies.of(accounts, user))
            .build());
  }
}
