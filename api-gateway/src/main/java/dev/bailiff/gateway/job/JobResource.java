package dev.bailiff.gateway.job;

import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.job.submit.ApiSubmission;
import dev.bailiff.gateway.job.wait.JobHeaders;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.schemas.api.JobPageReply;
import dev.bailiff.schemas.api.JobReply;
import dev.bailiff.schemas.api.JobStatusReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;

/** Jobs: submit, list, show, cancel. */
@Path("/_bailiff/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class JobResource {
  private final ApiSubmission submission;
  private final JobStore store;
  private final Clock clock;

  public JobResource(ApiSubmission submission, JobStore store, Clock clock) {
    this.submission = submission;
    this.store = store;
    this.clock = clock;
  }

  @POST
  public Response submit(@Context Call call) {
    var submitted = submission.submit(call);
    var job = submitted.job();
    var status = submitted.status().orElseGet(() -> find(job).status());
    return JobHeaders.named(
            Response.status(202)
                .header("Location", JobHeaders.location(job))
                .entity(statusOf(job, status.word())),
            job)
        .build();
  }

  @GET
  public JobPageReply list(@Context Call call) {
    var filter = JobListQuery.filter(call.query());
    var page = PageQuery.parse(call.query());
    var jobs =
        store.lists().list(filter, page.cursor(JobListQuery::read).orElse(null), page.limit());
    var now = clock.instant();
    return new JobPageReply(
        jobs.stream().map(job -> JobReplies.job(job, now)).toList(),
        page.next(jobs, JobListQuery::write).orElse(null));
  }

  @GET
  @Path("/{job_id}")
  public JobReply show(@PathParam("job_id") PathSegment id) {
    return JobReplies.job(find(parse(id)), clock.instant());
  }

  @POST
  @Path("/{job_id}/cancel")
  public JobStatusReply cancel(@PathParam("job_id") PathSegment id) {
    var job = parse(id);
    return store
        .settlement()
        .cancel(job)
        .map(status -> statusOf(job, status.word()))
        .orElseThrow(JobResource::unknown);
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

  private static JobStatusReply statusOf(JobId job, String status) {
    return new JobStatusReply(job.toString(), status);
  }
}
