package dev.bailiff.gateway.admin.task;

import dev.bailiff.gateway.backend.OtherTasks;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.job.store.JobPartReader;
import dev.bailiff.job.store.TaskReader;
import java.util.List;

/** The list of tasks. */
public record TaskCalls(TaskReader tasks, JobPartReader parts, OtherTasks others)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(new ScheduledTaskResource(tasks, parts, others));
  }
}
