package dev.bailiff.gateway.job.approval;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.auth.rights.Rights;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobApprovals.Answer;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.schemas.api.JobStatusReply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The approval of a job by somebody else than who asked for it. */
@Path("/_bailiff/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class ApprovalResource {
  private static final int PAGE = 1_000;
  private static final int LONGEST_REASON = 500;

  private final JobStore store;
  private final Approvers approvers;
  private final CommandPublisher publisher;

  public ApprovalResource(JobStore store, Approvers approvers, CommandPublisher publisher) {
    this.store = store;
    this.approvers = approvers;
    this.publisher = publisher;
  }

  /** The job is counted once more, and begins unless its numbers grew since. */
  @POST
  @Needs(Scope.JOBS_APPROVE)
  @Path("/{job_id}/approve")
  public JobStatusReply approve(@PathParam("job_id") PathSegment id, @Context Call call) {
    var body = call.body().orEmpty();
    BodyKeys.refuseOthers(body, Set.of("plan"), "is not a key of an approval");
    var plan = body.path("plan");
    if (!plan.isMissingNode() && !plan.isInt()) {
      throw ApiException.bad(Errcode.M_BAD_JSON, "'plan' must be the number of the job's plan");
    }
    var job = known(id, call.caller().rights());
    var answer =
        store
            .approvals()
            .approve(
                job.id(),
                approvers.of(call.caller()),
                plan.isMissingNode() ? null : Integer.valueOf(plan.intValue()));
    if (answer instanceof Answer.NotAsked past
        && call.caller().requester().equals(past.approvedBy())
        && past.status() != JobStatus.CANCELLED) {
      return reply(job.id(), past.status());
    }
    return reply(job.id(), answer);
  }

  @POST
  @Needs(Scope.JOBS_APPROVE)
  @Path("/{job_id}/reject")
  public JobStatusReply reject(@PathParam("job_id") PathSegment id, @Context Call call) {
    var body = call.body().required();
    BodyKeys.refuseOthers(body, Set.of("reason"), "is not a key of a rejection");
    BodyKeys.require(body, "reason");
    var reason = BodyKeys.text(body, "reason", Errcode.M_BAD_JSON);
    if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM,
          "'reason' must say why, in at most " + LONGEST_REASON + " characters");
    }
    var job = known(id, call.caller().rights());
    return reply(
        job.id(),
        store
            .approvals()
            .reject(job.id(), approvers.of(call.caller()), StorableText.require(reason)));
  }

  /** The job, if the caller's token is not bound to other targets. */
  private JobView known(PathSegment id, Rights rights) {
    var job =
        JobId.parse(id.value())
            .flatMap(store.reader()::find)
            .orElseThrow(ApprovalResource::unknown);
    if (rights.isBounded()) {
      rights.requireTargets(job.targetCount());
      requireTargets(job, rights);
    }
    return job;
  }

  private void requireTargets(JobView job, Rights rights) {
    for (int from = 0; from < job.targetCount(); from += PAGE) {
      store
          .targets()
          .open(job.id(), from, from + PAGE, PAGE)
          .forEach(target -> rights.requireTarget(target.id()));
    }
  }

  private JobStatusReply reply(JobId job, Answer answer) {
    if (answer instanceof Answer.Done done) {
      publisher.publish(done.commands());
      return reply(job, done.status());
    }
    if (answer instanceof Answer.Own) {
      throw new ApiException(
          403,
          Errcode.M_FORBIDDEN,
          "Somebody else has to decide about this job: it is yours, or of who made your token");
    }
    if (answer instanceof Answer.OtherPlan other) {
      throw conflict(
          "The job was counted again since: look at its numbers, and approve plan "
              + other.newest());
    }
    if (answer instanceof Answer.NotAsked past) {
      throw conflict(
          "The job does not wait for an approval, as it is "
              + past.status().word().replace('_', ' ')
              + by(past.approvedBy()));
    }
    throw unknown();
  }

  private static String by(@Nullable String approver) {
    return approver == null ? "" : "; " + approver + " approved it";
  }

  private static JobStatusReply reply(JobId job, JobStatus status) {
    return new JobStatusReply(job.toString(), status.word());
  }

  private static ApiException unknown() {
    return ApiException.notFound("No such job");
  }

  private static ApiException conflict(String text) {
    return new ApiException(409, Errcode.M_UNKNOWN, text);
  }
}
