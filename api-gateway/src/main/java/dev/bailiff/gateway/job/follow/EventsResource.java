package dev.bailiff.gateway.job.follow;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All jobs as they change, as server-sent events. The reply is written by the stream itself: JAX-RS
 * suspends the call and is never asked to resume it, as its own streams write in the thread of
 * whoever tells.
 */
@Path("/_bailiff/v1/events")
@Produces(EventStream.MEDIA_TYPE)
public final class EventsResource {
  private static final List<String> STATUSES =
      Arrays.stream(JobStatus.values()).map(JobStatus::word).toList();

  private final Following following;
  private final Function<JobView, byte[]> writer;
  private final List<String> kinds;

  /**
   * @param writer the JSON of a job
   * @param kinds names of the kinds of job
   */
  public EventsResource(
      Following following, Function<JobView, byte[]> writer, Collection<String> kinds) {
    this.following = following;
    this.writer = writer;
    this.kinds = List.copyOf(kinds);
  }

  @GET
  @Needs(Scope.JOBS_READ)
  public void follow(
      @Context Call call, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
    var filter =
        new FollowFilter(
            Set.copyOf(call.query().allOf("kind", kinds)),
            call.query().allOf("status", STATUSES).stream()
                .map(JobStatus::of)
                .collect(Collectors.toUnmodifiableSet()));
    if (request.getMethod().equals(HttpMethod.HEAD)) {
      response.resume(Response.ok().type(EventStream.MEDIA_TYPE).build());
    } else {
      following.stream(request, call.caller(), filter, writer);
    }
  }
}
