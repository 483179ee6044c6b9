package dev.bailiff.homeserver.synapse.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.synapse.http.ApiPath;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;
import java.util.ArrayList;
import java.util.List;

/** Calls about Synapse's own tasks (admin-api 5.24). Thread-safe. */
public final class TaskCalls {

  /** The actions of which Synapse runs five at a time for all callers together. */
  private static final List<String> HEAVY =
      List.of(TaskAction.DELETE_ROOM, TaskAction.PURGE_HISTORY, TaskAction.REDACT);

  private final ServiceAccount account;
  private volatile int lastOpen;

  public TaskCalls(ServiceAccount account) {
    this.account = account;
  }

  /**
   * A task of Synapse.
   *
   * @param at when it is due, or when it last changed; ms since the epoch
   * @param result its form depends on the action; a null node if there is none
   * @param error empty if there is none
   */
  public record Task(String id, String status, long at, JsonNode result, String error) {

    /** Whether the task has not ended. */
    public boolean isOpen() {
      return "active".equals(status) || "scheduled".equals(status);
    }

    /** Whether the task ended as it should. */
    public boolean isComplete() {
      return "complete".equals(status);
    }
  }

  /** The tasks of one action on one resource, oldest first. */
  public List<Task> of(String action, String resource) {
    return tasks(
        ApiPath.of("/_synapse/admin/v1/scheduled_tasks")
            .with("action_name", action)
            .with("resource_id", resource));
  }

  /** Number of heavy tasks that run or wait. */
  public int open() {
    var path =
        ApiPath.of("/_synapse/admin/v1/scheduled_tasks")
            .with("status", "active")
            .with("status", "scheduled");
    for (var action : HEAVY) {
      path = path.with("action_name", action);
    }
    int count = list(path).size();
    lastOpen = count;
    return count;
  }

  /** The last answer to {@link #open}, without a call; 0 before the first. */
  public int lastOpen() {
    return lastOpen;
  }

  /** The tasks of a list as Synapse shows them. */
  public List<JsonNode> list(ApiPath path) {
    var tasks = new ArrayList<JsonNode>();
    account.get(path).orThrow().path("scheduled_tasks").forEach(tasks::add);
    return tasks;
  }

  private List<Task> tasks(ApiPath path) {
    return list(path).stream()
        .map(
            task ->
                new Task(
                    task.path("id").asText(),
                    task.path("status").asText(),
                    task.path("timestamp_ms").asLong(),
                    task.path("result"),
                    task.path("error").asText("")))
        .toList();
  }
}
