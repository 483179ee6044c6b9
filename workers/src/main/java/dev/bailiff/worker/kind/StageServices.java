package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.job.JobId;
import dev.bailiff.job.store.JobTargets;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The services that stages work with: the homeserver, and the targets of jobs.
 *
 * @param admits whether a stage may work on a target that has not failed
 */
public record StageServices(
    Homeserver homeserver, JobTargets targets, Predicate<OpenTarget> admits) {

  /** Whoever looks for the next target may pass many that are left out. */
  private static final int LATER_PAGES = 1000;

  /** Services for stages that work on every target that has not failed. */
  public StageServices(Homeserver homeserver, JobTargets targets) {
    this(homeserver, targets, any -> true);
  }

  /** The same services for stages that leave out more targets. */
  public StageServices admitting(Predicate<OpenTarget> others) {
    return new StageServices(homeserver, targets, admits.and(others));
  }

  /**
   * Targets to work on, in ascending order, from {@code from} to {@code to} (exclusive), at most
   * {@code limit}. Fewer than that are the last ones.
   */
  public List<OpenTarget> open(JobId job, int from, int to, int limit) {
    int size = limit;
    var page = targets.open(job, from, to, size);
    var admitted = new ArrayList<>(page.stream().filter(admits).toList());
    while (admitted.size() < limit && page.size() == size) {
      int next = page.get(size - 1).number() + 1;
      size = Math.max(limit, LATER_PAGES);
      page = targets.open(job, next, to, size);
      page.stream().filter(admits).limit(limit - admitted.size()).forEach(admitted::add);
    }
    return List.copyOf(admitted);
  }
}
