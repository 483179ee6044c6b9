package dev.bailiff.gateway.job;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.job.store.JobListReader;
import dev.bailiff.schemas.api.JobPageReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;

/** What was done to one user, room or medium. */
@Path("/_bailiff/v1/targets")
@Produces(MediaType.APPLICATION_JSON)
public final class TargetJobsResource {
  private final JobListing listing;

  public TargetJobsResource(JobListReader lists, Clock clock) {
    this.listing = new JobListing(lists, clock);
  }

  /** The jobs of a target, newest first. A target that no job has is an empty list. */
  @GET
  @Needs(Scope.JOBS_READ)
  @Path("/{target}/jobs")
  public JobPageReply list(@PathParam("target") PathSegment target, @Context Call call) {
    var filter = JobListQuery.filter(call.query());
    if (!target.storable() || target.value().isEmpty()) {
      throw ApiException.notFound("No such target");
    }
    return listing.page(filter.ofTarget(target.value()), call.query());
  }
}
