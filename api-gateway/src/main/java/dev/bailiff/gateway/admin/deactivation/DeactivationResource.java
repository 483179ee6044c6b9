package dev.bailiff.gateway.admin.deactivation;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.job.KindNames;
import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.job.wait.JobWaits;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.job.store.JobPartReader;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Deactivates a user (admin-api 4.7). */
@Path("/_synapse/admin/v1/deactivate/{user_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class DeactivationResource {
  private final LocalUsers users;
  private final JobSubmission submission;
  private final JobWaits waits;
  private final DeactivationResult reply;

  public DeactivationResource(
      LocalUsers users, JobSubmission submission, JobWaits waits, JobPartReader parts) {
    this.users = users;
    this.submission = submission;
    this.waits = waits;
    this.reply = new DeactivationResult(parts);
  }

  @POST
  @Needs(value = Scope.JOBS_SUBMIT, kind = "deactivate-users")
  public void deactivate(
      @PathParam("user_id") PathSegment id, @Context Call call, @Suspended AsyncResponse response) {
    var user = users.known(id, "Can only deactivate local users");
    boolean erase = BodyKeys.bool(call.body().orEmpty(), "erase", false, Errcode.M_BAD_JSON);
    var job =
        submission.submitOne(
            KindNames.DEACTIVATE_USERS,
            user.value(),
            new DeactivateUsersParameters(erase),
            call.caller());
    waits.answer(job, call.preference(), call.caller().token(), reply, response);
  }
}
