package dev.bailiff.gateway.job;

import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds a target in a job by its id. Targets are numbered in ascending byte order, so that a few
 * reads are enough.
 */
public record TargetSearch(JobReader jobs) {

  public Optional<JobView.TargetView> find(JobView job, String id) {
    int low = 0;
    int high = job.targetCount() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      var found = jobs.targets(job.id(), middle - 1, 1).stream().findFirst();
      int order = found.isEmpty() ? 0 : compare(found.get().target(), id);
      if (order == 0) {
        return found;
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return Optional.empty();
  }

  private static int compare(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
