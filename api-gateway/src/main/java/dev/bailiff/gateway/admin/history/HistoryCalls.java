package dev.bailiff.gateway.admin.history;

import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.history.HistoryPoints;
import dev.bailiff.job.store.JobReader;
import java.util.List;

/** Purges of history, and their status. */
public record HistoryCalls(HistoryPoints history, JobSubmission submission, JobReader jobs)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(
        new HistoryPurgeResource(history, submission), new HistoryPurgeStatusResource(jobs));
  }
}
