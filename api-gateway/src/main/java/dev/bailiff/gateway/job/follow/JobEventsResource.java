package dev.bailiff.gateway.job.follow;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;

/**
 * One job as it changes, as server-sent events. The reply is written by the stream itself: JAX-RS
 * suspends the call and is never asked to resume it, as its own streams write in the thread of
 * whoever tells.
 */
@Path("/_bailiff/v1/jobs")
@Produces(EventStream.MEDIA_TYPE)
public final class JobEventsResource {
  private final Following following;
  private final Function<JobView, byte[]> writer;

  /**
   * @param writer the JSON of a job
   */
  public JobEventsResource(Following following, Function<JobView, byte[]> writer) {
    this.following = following;
    this.writer = writer;
  }

  @GET
  @Needs(Scope.JOBS_READ)
  @Path("/{job_id}/events")
  public void follow(
      @PathParam("job_id") PathSegment id,
      @Context Call call,
      @Context HttpServletRequest request,
      @Suspended AsyncResponse response) {
    var job = JobId.parse(id.value()).orElseThrow(Following::unknown);
    if (request.getMethod().equals(HttpMethod.HEAD)) {
      response.resume(Response.ok().type(EventStream.MEDIA_TYPE).build());
    } else if (!following.stream(request, call.caller(), job, writer)) {
      // A browser that gets this does not ask again.
      response.resume(Response.noContent().build());
    }
  }
}
