package dev.bailiff.gateway.guard;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.guard.Rail;
import dev.bailiff.job.JobId;
import dev.bailiff.job.store.JobTargets;

/** Jobs that were submitted with {@code force}. */
public record ForcedJobs(JobTargets targets) {
  private static final int MOST_WORDS = 10;

  /**
   * Requires the right to force, if a job was forced whose targets another one is to take over.
   *
   * @throws dev.bailiff.gateway.error.ApiException 403
   */
  public void requireRight(Caller caller, JobId former) {
    // Every target of such a job has it, the first too.
    if (targets.items(former, 0, Rail.WAIVED, null, MOST_WORDS).contains(Rail.FORCED)) {
      caller.rights().requireScope(Scope.JOBS_FORCE.word());
    }
  }
}
