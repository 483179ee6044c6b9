package dev.bailiff.gateway.job.submit;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.guard.LeftAlone;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import java.util.Optional;

/**
 * A job in the reply to its submission.
 *
 * @param leftAlone which of its targets it will leave alone
 * @param status as stored; empty if the same request was sent before, as the job has moved on since
 */
public record Submitted(JobId job, Optional<JobStatus> status, LeftAlone leftAlone) {

  /** A job that leaves nothing alone, as far as it is known. */
  Submitted(JobId job, Optional<JobStatus> status) {
    this(job, status, new LeftAlone());
  }

  /** The same job with what it leaves alone. */
  Submitted leaving(LeftAlone targets) {
    return new Submitted(job, status, targets);
  }

  /**
   * The reply to what the store said.
   *
   * @throws ApiException if the store refused the request
   */
  static Submitted of(Acceptance acceptance) {
    if (acceptance instanceof Acceptance.Accepted accepted) {
      return new Submitted(accepted.job(), Optional.of(accepted.status()));
    }
    if (acceptance instanceof Acceptance.Repeated repeated) {
      return new Submitted(repeated.job(), Optional.empty());
    }
    if (acceptance instanceof Acceptance.Claimed claimed) {
      throw new ApiException(409, Errcode.M_UNKNOWN, claimed.target() + " belongs to another job");
    }
    if (acceptance instanceof Acceptance.KeyInHand) {
      throw new ApiException(
          409, Errcode.M_UNKNOWN, "A request with this Idempotency-Key is still at work");
    }
    if (acceptance instanceof Acceptance.TooManyTargets bound) {
      throw new ApiException(
          413, Errcode.M_TOO_LARGE, "A job has at most " + bound.most() + " targets");
    }
    if (acceptance instanceof Acceptance.NoTargets) {
      throw new ApiException(
          409, Errcode.M_UNKNOWN, "The job left nothing over, so there is nothing to do");
    }
    throw new ApiException(
        422, Errcode.M_UNKNOWN, "The Idempotency-Key was used for another request");
  }
}
