package dev.bailiff.gateway.job.follow;

import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which states of which jobs a stream tells.
 *
 * @param kinds names of kinds; none: any
 * @param statuses of the new state; none: any
 */
public record FollowFilter(Set<String> kinds, Set<JobStatus> statuses)
    implements Predicate<JobView> {

  @Override
  public boolean test(JobView job) {
    return (kinds.isEmpty() || kinds.contains(job.kind().name()))
        && (statuses.isEmpty() || statuses.contains(job.status()));
  }
}
