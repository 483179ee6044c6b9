package dev.bailiff.gateway.admin.roomdeletion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.backend.ForeignTasks;
import dev.bailiff.gateway.backend.OtherTasks;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.job.JobErrorText;
import dev.bailiff.gateway.job.KindNames;
import dev.bailiff.gateway.job.wait.AdminApiStatus;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.RoomId;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.schemas.api.roomdeletion.DeleteIdReply;
import dev.bailiff.schemas.api.roomdeletion.RoomDeletionReply;
import dev.bailiff.schemas.api.roomdeletion.RoomDeletionTaskReply;
import dev.bailiff.schemas.api.roomdeletion.RoomDeletionTasksReply;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * {@code DELETE v2/rooms/<id>}: deletes a room by a job, returns the job's id at once, and shows
 * the job's progress (admin-api 5.2 to 5.4).
 */
@Path("/_synapse/admin/v2/rooms")
@Produces(MediaType.APPLICATION_JSON)
public final class RoomDeletionResource {
  // Most jobs of one room in a reply; far more than anybody submits in the seven days for which
  // jobs are kept.
  private static final int MOST = 1_000;

  /** The homeserver's tasks that this status shows, and their states. */
  private static final List<String> ACTIONS = List.of("shutdown_and_purge_room");

  private static final List<String> SHOWN = List.of("active", "complete", "failed");

  private static final JsonMapper REPLIES =
      JsonMapper.builder(new JsonFactory())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final JobStore jobs;
  private final RoomDeletionJobs deletions;
  private final OtherTasks others;
  private final RoomDeletionResult results;

  public RoomDeletionResource(JobStore jobs, RoomDeletionJobs deletions, OtherTasks others) {
    this.jobs = jobs;
    this.others = others;
    this.deletions = deletions;
    this.results = new RoomDeletionResult(jobs.parts());
  }

  @DELETE
  @Needs(value = Scope.JOBS_SUBMIT, kind = "delete-rooms")
  @Path("/{room_id}")
  public DeleteIdReply submit(@PathParam("room_id") PathSegment id, @Context Call call) {
    var body = RoomDeletionBody.parse(call.body().required());
    return new DeleteIdReply(deletions.submit(RoomId.parse(id.value()), body, call));
  }

  @GET
  @Needs(Scope.JOBS_READ)
  @Path("/{room_id}/delete_status")
  public RoomDeletionTasksReply byRoom(@PathParam("room_id") PathSegment id) {
    var room = RoomId.parse(id.value()).value();
    var tasks = new ArrayList<DatedTask>();
    for (JobView job : jobs.lists().byTarget(KindNames.DELETE_ROOMS, room, MOST)) {
      jobs.parts()
          .target(job.id(), room)
          .ifPresent(
              target ->
                  tasks.add(new DatedTask(job.changedAt().toEpochMilli(), task(job, target))));
    }
    for (var task : others.list(new ForeignTasks.Wanted(ACTIONS, room, SHOWN, null))) {
      tasks.add(new DatedTask(task.at(), foreign(room, task.json())));
    }
    if (tasks.isEmpty()) {
      throw ApiException.notFound("No delete task for room_id '" + room + "' found");
    }
    return new RoomDeletionTasksReply(
        tasks.stream()
            .sorted(Comparator.comparingLong(DatedTask::at))
            .map(DatedTask::reply)
            .toList());
  }

  /** A task and the time of its last change, ms since the epoch. */
  private record DatedTask(long at, RoomDeletionTaskReply reply) {}

  private static RoomDeletionTaskReply foreign(String room, JsonNode task) {
    var result = task.path("result");
    return new RoomDeletionTaskReply(
        task.path("id").asText(),
        room,
        task.path("status").asText(),
        result.isObject() ? REPLIES.convertValue(result, RoomDeletionReply.class) : null,
        task.path("error").isTextual() ? task.path("error").asText() : null);
  }

  /** Of a job with many rooms, the reply shows the first; the API knows no jobs with many rooms. */
  @GET
  @Needs(Scope.JOBS_READ)
  @Path("/delete_status/{delete_id}")
  public Record byJob(@PathParam("delete_id") PathSegment id) {
    if (id.value().equals("delete_status")) {
      return byRoom(id); // this path also names the room "delete_status", as in Synapse
    }
    return JobId.parse(id.value())
        .flatMap(jobs.reader()::find)
        .filter(job -> job.kind().equals(KindNames.DELETE_ROOMS))
        .flatMap(
            job ->
                jobs.parts().targets(job.id(), -1, 1).stream()
                    .findFirst()
                    .map(target -> task(job, target)))
        .orElseThrow(() -> ApiException.notFound("delete id '" + id.value() + "' not found"));
  }

  private RoomDeletionTaskReply task(JobView job, JobView.TargetView target) {
    boolean failed =
        job.status().isTerminal()
            && (target.failed()
                || job.status() == JobStatus.FAILED
                || job.status() == JobStatus.CANCELLED);
    return new RoomDeletionTaskReply(
        job.id().toString(),
        target.target(),
        failed ? "failed" : AdminApiStatus.of(job.status()),
        results.body(job.id(), target),
        failed ? JobErrorText.of(target.error() == null ? job.error() : target.error()) : null);
  }
}
