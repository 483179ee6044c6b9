package dev.bailiff.gateway.job;

import dev.bailiff.gateway.job.submit.ApiSubmission;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.job.store.JobStore;
import java.time.Clock;
import java.util.List;

/** Bailiff's own API for jobs. */
public record JobCalls(ApiSubmission submission, JobStore store, Clock clock) implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(
        new JobResource(submission, store, clock),
        new JobPartsResource(store.reader(), store.parts()));
  }
}
