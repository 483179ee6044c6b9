package dev.bailiff.job;

import org.jspecify.annotations.Nullable;

/**
 * A request that passed all checks, ready to become a job.
 *
 * @param parameters of the job's kind
 * @param targets at least one; the store numbers them in their order
 * @param requester who asked: a user id, or {@code token:<name>} of an operator token
 * @param actingUser the user whom the homeserver records as having acted
 * @param terms how the job is to be worked
 * @param origin what the targets come from
 * @param claimNow whether the request is refused if another job of the kind works on one of the
 *     targets or waits for it; otherwise the plan waits for that target
 * @param idempotencyKey null if the client gave none
 * @param approval when the job needs an approval; null: it needs none
 */
public record JobRequest(
    JobParameters parameters,
    TargetSource targets,
    String requester,
    String actingUser,
    JobTerms terms,
    JobOrigin origin,
    boolean claimNow,
    @Nullable IdempotencyKey idempotencyKey,
    @Nullable ApprovalTerms approval) {

  /** A request that needs no approval. */
  public JobRequest(
      JobParameters parameters,
      TargetSource targets,
      String requester,
      String actingUser,
      JobTerms terms,
      JobOrigin origin,
      boolean claimNow,
      @Nullable IdempotencyKey idempotencyKey) {
    this(parameters, targets, requester, actingUser, terms, origin, claimNow, idempotencyKey, null);
  }

  /** A request of this user, to be run now, that waits for targets of other jobs. */
  public static JobRequest of(JobParameters parameters, TargetSource targets, String user) {
    return new JobRequest(
        parameters, targets, user, user, JobTerms.USUAL, JobOrigin.LIST, false, null);
  }

  /** The same request with these targets. */
  public JobRequest withTargets(TargetSource others) {
    return new JobRequest(
        parameters,
        others,
        requester,
        actingUser,
        terms,
        origin,
        claimNow,
        idempotencyKey,
        approval);
  }

  /** The same request with these terms. */
  public JobRequest withTerms(JobTerms others) {
    return new JobRequest(
        parameters,
        targets,
        requester,
        actingUser,
        others,
        origin,
        claimNow,
        idempotencyKey,
        approval);
  }

  /** The same request with this origin of its targets. */
  public JobRequest from(JobOrigin other) {
    return new JobRequest(
        parameters,
        targets,
        requester,
        actingUser,
        terms,
        other,
        claimNow,
        idempotencyKey,
        approval);
  }

  /** The same request, which is refused if another job of the kind works on one of the targets. */
  public JobRequest claimingNow() {
    return new JobRequest(
        parameters, targets, requester, actingUser, terms, origin, true, idempotencyKey, approval);
  }

  /** The same request under this key; null for none. */
  public JobRequest under(@Nullable IdempotencyKey key) {
    return new JobRequest(
        parameters, targets, requester, actingUser, terms, origin, claimNow, key, approval);
  }

  /** The same request, which needs an approval by these terms; null: it needs none. */
  public JobRequest approvedBy(@Nullable ApprovalTerms others) {
    return new JobRequest(
        parameters,
        targets,
        requester,
        actingUser,
        terms,
        origin,
        claimNow,
        idempotencyKey,
        others);
  }

  /** The job's kind. */
  public JobKind kind() {
    return parameters.kind();
  }
}
