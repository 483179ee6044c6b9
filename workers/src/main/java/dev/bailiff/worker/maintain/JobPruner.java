package dev.bailiff.worker.maintain;

import dev.bailiff.duty.Duty;
import dev.bailiff.job.store.JobPruning;
import dev.bailiff.job.store.JobPruning.Ended;
import java.time.Duration;

/** Deletes jobs that ended longer ago than the retention time, one page of jobs at a time. */
public final class JobPruner implements Duty {
  private static final int PAGE = 100;

  private final JobPruning pruning;
  private final Duration retention;
  private Ended last = JobPruning.START;

  public JobPruner(JobPruning pruning, Duration retention) {
    this.pruning = pruning;
    this.retention = retention;
  }

  @Override
  public boolean runOnce() {
    last = pruning.page(retention, last, PAGE);
    return !last.equals(JobPruning.START);
  }
}
