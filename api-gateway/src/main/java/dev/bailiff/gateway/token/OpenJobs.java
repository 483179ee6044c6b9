package dev.bailiff.gateway.token;

import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.store.JobListReader;
import dev.bailiff.job.store.JobStore;
import java.util.Arrays;

/** Jobs that have not ended. Jobs know a token by its name, so tokens of one name share them. */
public record OpenJobs(JobStore store) {
  private static final int PAGE = 100;

  /**
   * Cancels the jobs of a token. A crash leaves some of them open; cancelling is harmless twice.
   *
   * @param name name of the token
   */
  public void cancelOf(String name) {
    Arrays.stream(JobStatus.values())
        .filter(status -> !status.isTerminal())
        .forEach(status -> cancel(new JobFilter(status, null, null, "token:" + name, null, null)));
  }

  /** The list goes on behind a job's place, which stays where it is when the job ends. */
  private void cancel(JobFilter filter) {
    JobListReader.Position behind = null;
    do {
      var page = store.lists().page(filter, behind, PAGE);
      page.jobs().forEach(job -> store.settlement().cancel(job.id()));
      behind = page.next();
    } while (behind != null);
  }
}
