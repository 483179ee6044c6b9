package dev.bailiff.gateway.admin.task;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.admin.redaction.FailedRedactions;
import dev.bailiff.gateway.admin.roomdeletion.RoomDeletionResult;
import dev.bailiff.gateway.admin.task.TaskQuery.TaskAction;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.backend.ForeignTasks.ForeignTask;
import dev.bailiff.gateway.backend.OtherTasks;
import dev.bailiff.gateway.job.KindNames;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.store.JobPartReader;
import dev.bailiff.job.store.TaskReader;
import dev.bailiff.job.store.TaskReader.Task;
import dev.bailiff.schemas.api.ReplyJson;
import dev.bailiff.schemas.api.redaction.FailedRedactionsReply;
import dev.bailiff.schemas.api.task.TaskReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Lists jobs as tasks, among the tasks of the homeserver itself (admin-api 5.24). The API has no
 * pages here, so the list is written as it is read, page by page. Deactivations and deletions of
 * media are no tasks of the API.
 */
@Path("/_synapse/admin/v1/scheduled_tasks")
@Produces(MediaType.APPLICATION_JSON)
public final class ScheduledTaskResource {
  private static final JsonMapper REPLIES = ReplyJson.configure(new JsonMapper());
  private static final int PAGE = 500;

  private final TaskReader tasks;
  private final JobPartReader parts;
  private final OtherTasks others;
  private final RoomDeletionResult deletions;
  private final FailedRedactions redactions;

  public ScheduledTaskResource(TaskReader tasks, JobPartReader parts, OtherTasks others) {
    this.tasks = tasks;
    this.others = others;
    this.parts = parts;
    this.deletions = new RoomDeletionResult(parts);
    this.redactions = new FailedRedactions(parts);
  }

  /** Reads the first page before the reply begins: only until then can the call report an error. */
  @GET
  @Needs(Scope.SERVER_READ)
  public StreamingOutput list(@Context Call call) {
    var query = TaskQuery.parse(call.query());
    var first = tasks.list(query.filter(), null, PAGE);
    var foreign = new ArrayDeque<>(others.list(query.others()));
    return output -> write(query, first, foreign, output);
  }

  /**
   * Writes both lists as one, oldest first.
   *
   * @param foreign the homeserver's own tasks; none is left afterwards
   */
  private void write(
      TaskQuery query, List<Task> first, Queue<ForeignTask> foreign, OutputStream output)
      throws IOException {
    try (JsonGenerator json = REPLIES.createGenerator(output)) {
      json.writeStartObject();
      json.writeArrayFieldStart("scheduled_tasks");
      var page = first;
      while (!page.isEmpty()) {
        for (Task task : page) {
          writeUntil(task.at().toEpochMilli(), foreign, json);
          var action = TaskAction.of(task.kind(), task.purgeOnly());
          if (query.actions().contains(action)) {
            json.writePOJO(reply(query, action, task));
          }
        }
        page =
            page.size() < PAGE
                ? List.of()
                : tasks.list(query.filter(), page.get(page.size() - 1), PAGE);
      }
      writeUntil(Long.MAX_VALUE, foreign, json);
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void writeUntil(long end, Queue<ForeignTask> foreign, JsonGenerator json)
      throws IOException {
    for (var next = foreign.peek(); next != null && next.at() <= end; next = foreign.peek()) {
      json.writePOJO(next.json());
      foreign.remove();
    }
  }

  private TaskReply reply(TaskQuery query, TaskAction action, Task task) {
    var error = task.error();
    var target = task.target();
    return new TaskReply(
        task.id().toString(),
        action.word(),
        TaskQuery.word(task.status()),
        task.at().toEpochMilli(),
        // Of a job with many targets, the target that the query asked for.
        target == null ? query.filter().target() : target,
        result(task),
        error == null ? null : error.status() + ": " + error.text());
  }

  /** The result as in the status calls; null before a job begins, and for a job of many targets. */
  private @Nullable Record result(Task task) {
    if (task.target() == null || task.status() == JobStatus.SCHEDULED) {
      return null;
    }
    if (task.kind().equals(KindNames.REDACT_EVENTS)) {
      return new FailedRedactionsReply(redactions.of(task.id()));
    }
    return task.kind().equals(KindNames.DELETE_ROOMS)
        ? parts.targets(task.id(), -1, 1).stream()
            .findFirst()
            .map(room -> deletions.body(task.id(), room))
            .orElse(null)
        : null;
  }
}
