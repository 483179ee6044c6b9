package dev.bailiff.gateway.job.submit;

import dev.bailiff.gateway.auth.rights.Rights;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.job.TargetSource;
import java.util.List;

/** What a caller may submit: of a job of many targets, each of them is looked at. */
final class RightsOfSubmission {
  private static final int PAGE = 10_000;

  private final Rights rights;

  RightsOfSubmission(Rights rights) {
    this.rights = rights;
  }

  /**
   * Requires the right to submit a job of a kind and of all these targets.
   *
   * @throws ApiException 403
   */
  void require(String kind, TargetSource targets) {
    rights.requireSubmission(kind);
    if (!rights.isBounded()) {
      return;
    }
    long count = 0;
    try (var reading = targets.open()) {
      var page = reading.next(PAGE);
      while (!page.isEmpty()) {
        count += page.size();
        require(page, count);
        page = reading.next(PAGE);
      }
    }
  }

  /** How many targets there are. */
  static long count(TargetSource targets) {
    long count = 0;
    try (var reading = targets.open()) {
      var page = reading.next(PAGE);
      while (!page.isEmpty()) {
        count += page.size();
        page = reading.next(PAGE);
      }
    }
    return count;
  }

  /**
   * Requires the right to name the next targets of a job.
   *
   * @param count how many there are by now
   */
  void require(List<String> targets, long count) {
    rights.requireTargets(count);
    targets.forEach(rights::requireTarget);
  }
}
