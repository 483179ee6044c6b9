package dev.bailiff.worker.maintain;

import dev.bailiff.duty.Duty;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.store.JobPruning;
import dev.bailiff.job.store.JobPruning.Ended;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Deletes jobs that ended longer ago than their retention time, one page of jobs at a time, jobs
 * that somebody deleted, and idempotency keys after a day.
 */
public final class JobPruner implements Duty {
  private static final int PAGE = 100;

  /** As long as the documented API remembers a key. */
  private static final Duration KEY_AGE = Duration.ofHours(24);

  private final JobPruning pruning;
  private final RetentionConfig retention;
  private final Map<JobStatus, Ended> places = new EnumMap<>(JobStatus.class);

  public JobPruner(JobPruning pruning, RetentionConfig retention) {
    this.pruning = pruning;
    this.retention = retention;
  }

  @Override
  public boolean runOnce() {
    if (!pruning.isDue(KEY_AGE, retention.byStatus())) {
      return false;
    }
    boolean more = pruning.forgetKeys(KEY_AGE);
    pruning.discarded(PAGE);
    for (var time : retention.byStatus().entrySet()) {
      more |= page(time.getKey(), time.getValue());
    }
    return more;
  }

  private boolean page(JobStatus status, Duration time) {
    var last = places.getOrDefault(status, JobPruning.START);
    var place = pruning.page(status, time, last, PAGE);
    places.put(status, place);
    return !place.equals(JobPruning.START);
  }
}
