package dev.bailiff.gateway.admin.redaction;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.job.JobErrorText;
import dev.bailiff.gateway.job.KindNames;
import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.job.wait.AdminApiStatus;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.store.JobPartReader;
import dev.bailiff.job.store.JobReader;
import dev.bailiff.schemas.api.redaction.RedactIdReply;
import dev.bailiff.schemas.api.redaction.RedactionStatusReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Redacts the events of a user by a job (admin-api 4.34, 4.35). */
@Path("/_synapse/admin/v1/user")
@Produces(MediaType.APPLICATION_JSON)
public final class UserRedactionResource {
  private final JobSubmission submission;
  private final JobReader jobs;
  private final FailedRedactions failures;
  private final String completed;

  /**
   * @param completed the word for a completed job, on which the specification and its clients
   *     disagree
   */
  public UserRedactionResource(
      JobSubmission submission, JobReader jobs, JobPartReader parts, String completed) {
    this.submission = submission;
    this.jobs = jobs;
    this.failures = new FailedRedactions(parts);
    this.completed = completed;
  }

  @POST
  @Needs(value = Scope.JOBS_SUBMIT, kind = "redact-events")
  @Path("/{user_id}/redact")
  public RedactIdReply redact(@PathParam("user_id") PathSegment id, @Context Call call) {
    var user = UserId.parseTarget(id.value());
    var parameters = UserRedactionBody.parse(call.body().required());
    var job =
        submission
            .submitUnlessClaimed(KindNames.REDACT_EVENTS, user.value(), parameters, call.caller())
            .orElseThrow(
                () ->
                    ApiException.bad(
                        Errcode.M_UNKNOWN, "Redact already in progress for user " + user));
    return new RedactIdReply(job.toString());
  }

  @GET
  @Needs(Scope.JOBS_READ)
  @Path("/redact_status/{redact_id}")
  public RedactionStatusReply status(@PathParam("redact_id") PathSegment id) {
    var job =
        JobId.parse(id.value())
            .flatMap(jobs::find)
            .filter(found -> found.kind().equals(KindNames.REDACT_EVENTS))
            .orElseThrow(() -> ApiException.notFound("redact id '" + id.value() + "' not found"));
    boolean failed = job.status() == JobStatus.FAILED || job.status() == JobStatus.CANCELLED;
    return new RedactionStatusReply(
        job.status() == JobStatus.COMPLETED ? completed : AdminApiStatus.of(job.status()),
        failed ? JobErrorText.of(job.error()) : null,
        failures.of(job.id()));
  }
}
