package dev.bailiff.job;

import dev.bailiff.homeserver.batch.JobPace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that passed all checks, ready to become a job.
 *
 * @param parameters of the job's kind
 * @param targets at least one; the store numbers them in their order
 * @param requester who asked: a user id, or {@code token:<name>} of an operator token
 * @param actingUser the user whom the homeserver records as having acted
 * @param pace how fast it works on a remote homeserver; null: the homeserver decides
 * @param runAt the job does not start before this time; null for now
 * @param claimNow whether the request is refused if another job of the kind works on one of the
 *     targets or waits for it; otherwise the plan waits for that target
 * @param idempotencyKey null if the client gave none
 */
public record JobRequest(
    JobParameters parameters,
    TargetSource targets,
    String requester,
    String actingUser,
    @Nullable String reason,
    @Nullable JobPace pace,
    @Nullable Instant runAt,
    boolean claimNow,
    @Nullable IdempotencyKey idempotencyKey) {

  /** A request of this user, to be run now, that waits for targets of other jobs. */
  public static JobRequest of(JobParameters parameters, TargetSource targets, String user) {
    return new JobRequest(parameters, targets, user, user, null, null, null, false, null);
  }

  /** The same request with these targets. */
  public JobRequest withTargets(TargetSource targets) {
    return new JobRequest(
        parameters, targets, requester, actingUser, reason, pace, runAt, claimNow, idempotencyKey);
  }

  /** The job's kind. */
  public JobKind kind() {
    return parameters.kind();
  }
}
