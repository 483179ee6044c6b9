package dev.bailiff.gateway.admin.history;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.job.KindNames;
import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.history.EventPlace;
import dev.bailiff.homeserver.history.HistoryPoints;
import dev.bailiff.schemas.api.history.PurgeIdReply;
import dev.bailiff.schemas.kind.PurgeHistoryParameters;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Purges the history of a room by a job (admin-api 5.11). The call finds the end of the purge and
 * stores it in the job as a depth. The end then stays the same, even if another purge removes the
 * event before the job's turn.
 */
@Path("/_synapse/admin/v1/purge_history")
@Produces(MediaType.APPLICATION_JSON)
public final class HistoryPurgeResource {
  private final HistoryPoints history;
  private final JobSubmission submission;

  public HistoryPurgeResource(HistoryPoints history, JobSubmission submission) {
    this.history = history;
    this.submission = submission;
  }

  @POST
  @Needs(value = Scope.JOBS_SUBMIT, kind = "purge-history")
  @Path("/{room_id}")
  public PurgeIdReply purge(@PathParam("room_id") PathSegment room, @Context Call call) {
    return purge(room, null, call);
  }

  @POST
  @Needs(value = Scope.JOBS_SUBMIT, kind = "purge-history")
  @Path("/{room_id}/{event_id}")
  public PurgeIdReply purgeUpTo(
      @PathParam("room_id") PathSegment room,
      @PathParam("event_id") PathSegment event,
      @Context Call call) {
    return purge(room, event, call);
  }

  private PurgeIdReply purge(PathSegment room, @Nullable PathSegment event, Call call) {
    var body = HistoryPurgeBody.parse(call.body().orEmpty());
    var named = event == null ? body.upToEvent() : event.value();
    var parameters =
        named == null ? upToTime(room, body) : upToEvent(room, new PathSegment(named), body);
    var job =
        submission.submitOne(KindNames.PURGE_HISTORY, room.value(), parameters, call.caller());
    return new PurgeIdReply(job.toString());
  }

  private PurgeHistoryParameters upToEvent(
      PathSegment room, PathSegment event, HistoryPurgeBody body) {
    var place =
        (event.storable() ? history.find(event.value()) : Optional.<EventPlace>empty())
            .orElseThrow(() -> ApiException.notFound("Could not find event " + event.value()));
    if (!place.roomId().equals(room.value())) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "Event is for wrong room.");
    }
    return new PurgeHistoryParameters(body.deleteLocalEvents(), event.value(), null, place.depth());
  }

  private PurgeHistoryParameters upToTime(PathSegment room, HistoryPurgeBody body) {
    long time = body.upToTime();
    var depth =
        (room.storable() ? history.depthBefore(room.value(), time) : Optional.<Long>empty())
            .orElseThrow(() -> ApiException.notFound("there is no event to be purged"));
    return new PurgeHistoryParameters(body.deleteLocalEvents(), null, time, depth);
  }
}
