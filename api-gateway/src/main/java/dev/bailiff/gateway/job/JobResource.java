package dev.bailiff.gateway.job;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.job.follow.Following;
import dev.bailiff.gateway.job.submit.ApiSubmission;
import dev.bailiff.gateway.job.submit.Submitted;
import dev.bailiff.gateway.job.wait.JobHeaders;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobReader;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.schemas.api.JobPageReply;
import dev.bailiff.schemas.api.JobReply;
import dev.bailiff.schemas.api.JobStatusReply;
import dev.bailiff.schemas.api.PlanReply.LeftOutReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;

/** Jobs: submit, list, show. */
@Path("/_bailiff/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class JobResource {
  private final ApiSubmission submission;
  private final JobStore store;
  private final Following following;
  private final Duration longest;
  private final Clock clock;
  private final JobListing listing;

  /**
   * @param longest how long a client may wait for another version of a job
   */
  public JobResource(
      ApiSubmission submission,
      JobStore store,
      Following following,
      Duration longest,
      Clock clock) {
    this.submission = submission;
    this.following = following;
    this.longest = longest;
    this.store = store;
    this.clock = clock;
    this.listing = new JobListing(store.lists(), clock);
  }

  @POST
  @Needs(Scope.JOBS_SUBMIT)
  public Response submit(@Context Call call) {
    return accepted(submission.submit(call), store.reader());
  }

  /** The reply to a call that made a job, or whose job was made before. */
  static Response accepted(Submitted submitted, JobReader jobs) {
    var job = submitted.job();
    var status =
        submitted
            .status()
            .orElseGet(() -> jobs.find(job).orElseThrow(JobResource::unknown).status());
    return JobHeaders.named(
            Response.status(202)
                .header("Location", JobHeaders.location(job))
                .entity(statusOf(submitted, status.word())),
            job)
        .build();
  }

  @GET
  @Needs(Scope.JOBS_READ)
  public JobPageReply list(@Context Call call) {
    return listing.page(JobListQuery.filter(call.query()), call.query());
  }

  @GET
  @Needs(Scope.JOBS_READ)
  @Path("/{job_id}")
  public void show(
      @PathParam("job_id") PathSegment id, @Context Call call, @Suspended AsyncResponse response) {
    var job = parse(id);
    var wait = Duration.ofSeconds(call.query().integer("wait", 0));
    var since =
        call.query().has("since")
            ? OptionalLong.of(call.query().integer("since"))
            : OptionalLong.empty();
    if (wait.isZero()) {
      response.resume(reply(find(job)));
    } else {
      var patience = new Following.Patience(wait.compareTo(longest) < 0 ? wait : longest, since);
      following.answer(job, call.caller(), patience, this::reply, response);
    }
  }

  private JobReply reply(JobView job) {
    return JobReplies.job(job, clock.instant());
  }

  private JobView find(JobId id) {
    return store.reader().find(id).orElseThrow(JobResource::unknown);
  }

  /** The id that a path names. Text that is no id counts as an unknown job. */
  static JobId parse(PathSegment id) {
    return JobId.parse(id.value()).orElseThrow(JobResource::unknown);
  }

  static ApiException unknown() {
    return ApiException.notFound("No such job");
  }

  private static JobStatusReply statusOf(Submitted submitted, String status) {
    var left = submitted.leftAlone();
    return left.count() == 0
        ? statusOf(submitted.job(), status)
        : new JobStatusReply(
            submitted.job().toString(),
            status,
            left.named().stream()
                .map(one -> new LeftOutReply(one.target(), one.rail().reason()))
                .toList(),
            left.count());
  }

  static JobStatusReply statusOf(JobId job, String status) {
    return new JobStatusReply(job.toString(), status);
  }
}
