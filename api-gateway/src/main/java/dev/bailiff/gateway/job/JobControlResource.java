package dev.bailiff.gateway.job;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.job.submit.JobRepetition;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.schemas.api.EmptyReply;
import dev.bailiff.schemas.api.JobReply;
import dev.bailiff.schemas.api.JobStatusReply;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;

/**
 * The life of a job after its submission. Each call may be repeated: it answers with the state that
 * it wants if the job is in it already.
 */
@Path("/_bailiff/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class JobControlResource {
  private final JobStore store;
  private final JobRepetition repetition;
  private final CommandPublisher publisher;
  private final Clock clock;

  public JobControlResource(
      JobStore store, JobRepetition repetition, CommandPublisher publisher, Clock clock) {
    this.store = store;
    this.repetition = repetition;
    this.publisher = publisher;
    this.clock = clock;
  }

  @POST
  @Needs(Scope.JOBS_CONTROL)
  @Path("/{job_id}/cancel")
  public JobStatusReply cancel(@PathParam("job_id") PathSegment id) {
    var job = known(id).id();
    return store
        .settlement()
        .cancel(job)
        .map(status -> JobResource.statusOf(job, status.word()))
        .orElseThrow(JobResource::unknown);
  }

  @POST
  @Needs(Scope.JOBS_CONTROL)
  @Path("/{job_id}/pause")
  public JobStatusReply pause(@PathParam("job_id") PathSegment id) {
    var job = known(id).id();
    var status = store.pausing().pause(job).orElseThrow(JobResource::unknown);
    if (status != JobStatus.PAUSED) {
      throw conflict("The job cannot be paused, as it is " + words(status));
    }
    return JobResource.statusOf(job, status.word());
  }

  @POST
  @Needs(Scope.JOBS_CONTROL)
  @Path("/{job_id}/resume")
  public JobStatusReply resume(@PathParam("job_id") PathSegment id) {
    var job = known(id).id();
    var held = store.pausing().resume(job).orElseThrow(JobResource::unknown);
    publisher.publish(held.commands());
    if (held.status().isTerminal() || held.status() == JobStatus.AWAITING_APPROVAL) {
      throw conflict("The job cannot go on, as it is " + words(held.status()));
    }
    return JobResource.statusOf(job, held.status().word());
  }

  /** Works what an ended job left over once more, in a job of its own. */
  @POST
  @Needs(Scope.JOBS_SUBMIT)
  @Path("/{job_id}/retry")
  public Response retry(@PathParam("job_id") PathSegment id, @Context Call call) {
    return JobResource.accepted(repetition.retry(known(id), call), store.reader());
  }

  /** Changes priority and rate of a job that has not ended. */
  @PATCH
  @Needs(Scope.JOBS_CONTROL)
  @Path("/{job_id}")
  public JobReply change(@PathParam("job_id") PathSegment id, @Context Call call) {
    var job = known(id);
    var change = TermsChange.read(call.body().required());
    if (!store.changes().change(job.id(), change.priority(), change.rate())) {
      throw conflict("The job has ended");
    }
    return JobReplies.job(find(job.id()), clock.instant());
  }

  /** Deletes an ended job from the history. */
  @DELETE
  @Needs(Scope.JOBS_CONTROL)
  @Path("/{job_id}")
  public EmptyReply discard(@PathParam("job_id") PathSegment id) {
    if (!store.changes().discard(JobResource.parse(id))) {
      var status = known(id).status();
      throw conflict("Only a job that has ended can be deleted; this one is " + words(status));
    }
    return new EmptyReply();
  }

  private JobView known(PathSegment id) {
    return find(JobResource.parse(id));
  }

  private JobView find(JobId id) {
    return store.reader().find(id).orElseThrow(JobResource::unknown);
  }

  private static String words(JobStatus status) {
    return status.word().replace('_', ' ');
  }

  private static ApiException conflict(String text) {
    return new ApiException(409, Errcode.M_UNKNOWN, text);
  }
}
