package dev.bailiff.job;

import static dev.bailiff.job.JobStatus.ACTIVE;
import static dev.bailiff.job.JobStatus.AWAITING_APPROVAL;
import static dev.bailiff.job.JobStatus.CANCELLED;
import static dev.bailiff.job.JobStatus.COMPLETED;
import static dev.bailiff.job.JobStatus.FAILED;
import static dev.bailiff.job.JobStatus.PAUSED;
import static dev.bailiff.job.JobStatus.SCHEDULED;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which status may follow which. The store enforces the same a second time in its {@code where}
 * clauses.
 *
 * <pre>
 * scheduled → active → completed | failed | cancelled
 *   ↑  ↓       ↑ ↓
 *  paused      paused, awaiting_approval        (every open status → cancelled)
 * </pre>
 */
public final class JobTransitions {
  private static final Map<JobStatus, Set<JobStatus>> ALLOWED = new EnumMap<>(JobStatus.class);

  static {
    ALLOWED.put(AWAITING_APPROVAL, EnumSet.of(ACTIVE, CANCELLED));
    ALLOWED.put(SCHEDULED, EnumSet.of(ACTIVE, PAUSED, CANCELLED));
    ALLOWED.put(ACTIVE, EnumSet.of(PAUSED, AWAITING_APPROVAL, COMPLETED, FAILED, CANCELLED));
    ALLOWED.put(PAUSED, EnumSet.of(SCHEDULED, ACTIVE, CANCELLED));
  }

  private JobTransitions() {}

  /** Whether a job may move from {@code from} to {@code to}. */
  public static boolean allowed(JobStatus from, JobStatus to) {
    return ALLOWED.getOrDefault(from, Set.of()).contains(to);
  }
}
