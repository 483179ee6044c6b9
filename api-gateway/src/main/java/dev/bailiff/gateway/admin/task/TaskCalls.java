package dev.bailiff.gateway.admin.task;

import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.job.store.JobReader;
import dev.bailiff.job.store.TaskReader;
import java.util.List;

/** The list of tasks. */
public record TaskCalls(TaskReader tasks, JobReader jobs) implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(new ScheduledTaskResource(tasks, jobs));
  }
}
