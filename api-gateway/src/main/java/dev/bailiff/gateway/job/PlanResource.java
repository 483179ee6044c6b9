package dev.bailiff.gateway.job;

import dev.bailiff.access.Scope;
import dev.bailiff.counting.KindCounters;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.job.submit.PlanRun;
import dev.bailiff.gateway.job.wait.JobHeaders;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobReader;
import dev.bailiff.job.store.PlanReader;
import dev.bailiff.schemas.api.PlanReply;
import dev.bailiff.schemas.api.PlanReply.LeftOutReply;
import dev.bailiff.schemas.api.RunReply;
import dev.bailiff.schemas.kind.KindContract;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The plan that a dry run made, and the job that runs it. */
@Path("/_bailiff/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class PlanResource {
  private final JobReader jobs;
  private final PlanReader plans;
  private final PlanRun runs;
  private final KindCounters counters;

  public PlanResource(JobReader jobs, PlanReader plans, PlanRun runs) {
    this.jobs = jobs;
    this.plans = plans;
    this.runs = runs;
    this.counters = KindCounters.load();
  }

  @GET
  @Needs(Scope.JOBS_READ)
  @Path("/{job_id}/plan")
  public PlanReply plan(@PathParam("job_id") PathSegment id, @Context Call call) {
    var job = known(id);
    var approval = job.approval();
    if (!job.terms().dryRun() && approval == null) {
      throw ApiException.notFound("The job is no dry run, so it has no plan");
    }
    if (isBeingCounted(job)) {
      throw new ApiException(409, Errcode.M_UNKNOWN, "The job is being counted once more");
    }
    var plannedAt = approval == null ? job.finalizedAt() : approval.countedAt();
    if (approval == null && job.status() != JobStatus.COMPLETED || plannedAt == null) {
      throw new ApiException(
          409,
          Errcode.M_UNKNOWN,
          "The dry run has no plan, as it is " + job.status().word().replace('_', ' '));
    }
    var page = PageQuery.parse(call.query());
    var leftOut = plans.leftOut(job.id(), page.cursor(Integer::parseInt).orElse(-1), page.limit());
    var plan = plans.find(job.id());
    var estimate =
        PlanEstimate.of(
            plan.numbers(),
            counters.items(job.kind().name()),
            job.terms().maxRate(),
            plans.rate(job.kind()));
    return new PlanReply(
        job.targetCount(),
        leftOut.stream().map(left -> new LeftOutReply(left.target(), left.reason())).toList(),
        plan.leftOut(),
        page.next(leftOut, left -> Integer.toString(left.number())).orElse(null),
        plan.numbers().known(),
        List.copyOf(plan.numbers().unknown()),
        estimate.seconds(),
        estimate.basis(),
        plannedAt);
  }

  private static boolean isBeingCounted(JobView job) {
    return job.approval() != null
        && job.stages().stream()
            .anyMatch(
                stage ->
                    stage.closedAt() == null
                        && KindContract.BEFORE_APPROVAL.contains(stage.name()));
  }

  /** A second call gives the job of the first one. */
  @POST
  @Needs(Scope.JOBS_SUBMIT)
  @Path("/{job_id}/run")
  public Response run(@PathParam("job_id") PathSegment id, @Context Call call) {
    var plan = known(id);
    var run = runs.run(plan, call);
    var job = run.submitted().job();
    var status =
        run.submitted()
            .status()
            .orElseGet(() -> jobs.find(job).orElseThrow(JobResource::unknown).status());
    return JobHeaders.named(
            Response.status(202)
                .header("Location", JobHeaders.location(job))
                .entity(
                    new RunReply(
                        job.toString(), status.word(), plan.id().toString(), run.changed())),
            job)
        .build();
  }

  private JobView known(PathSegment id) {
    return jobs.find(JobResource.parse(id)).orElseThrow(JobResource::unknown);
  }
}
