package dev.bailiff.gateway.backend;

import dev.bailiff.gateway.backend.ForeignTasks.ForeignTask;
import dev.bailiff.job.store.JobPartReader;
import java.util.List;

/** The homeserver's tasks that no job of ours started: a job stands for its tasks in every list. */
public record OtherTasks(ForeignTasks tasks, JobPartReader parts) {

  /** Tasks that match, oldest first. */
  public List<ForeignTask> list(ForeignTasks.Wanted wanted) {
    var all = tasks.list(wanted);
    if (all.isEmpty()) {
      return all;
    }
    var ours = parts.homeserverTasks(all.stream().map(ForeignTask::id).toList());
    return all.stream().filter(task -> !ours.contains(task.id())).toList();
  }
}
