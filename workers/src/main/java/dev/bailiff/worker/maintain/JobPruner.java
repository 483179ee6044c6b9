package dev.bailiff.worker.maintain;

import dev.bailiff.job.store.JobUpkeep;
import java.time.Duration;

/** Deletes jobs that ended before the retention time, a few at a time. */
public final class JobPruner implements Duty {
  private static final int PAGE = 100;

  private final JobUpkeep upkeep;
  private final Duration retention;

  public JobPruner(JobUpkeep upkeep, Duration retention) {
    this.upkeep = upkeep;
    this.retention = retention;
  }

  @Override
  public boolean runOnce() {
    return upkeep.prune(retention, PAGE);
  }
}
