package dev.bailiff.gateway.synapse;

import dev.bailiff.gateway.backend.ForeignTasks;
import dev.bailiff.homeserver.synapse.SynapseCalls;
import dev.bailiff.homeserver.synapse.http.ApiPath;
import java.util.List;

/** The tasks that Synapse lists. */
record SynapseTasks(SynapseCalls calls) implements ForeignTasks {

  @Override
  public List<ForeignTask> list(Wanted wanted) {
    var path = ApiPath.of("/_synapse/admin/v1/scheduled_tasks");
    for (var action : wanted.actions()) {
      path = path.with("action_name", action);
    }
    for (var status : wanted.statuses()) {
      path = path.with("status", status);
    }
    if (wanted.resource() != null) {
      path = path.with("resource_id", wanted.resource());
    }
    if (wanted.latest() != null) {
      path = path.with("max_timestamp", wanted.latest());
    }
    var all = path;
    return Asked.of(() -> calls.tasks().list(all)).stream()
        .map(
            task ->
                new ForeignTask(task.path("id").asText(), task.path("timestamp_ms").asLong(), task))
        .toList();
  }
}
