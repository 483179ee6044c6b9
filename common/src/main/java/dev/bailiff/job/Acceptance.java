package dev.bailiff.job;

import java.util.List;

/** The answer of the store to a request. */
public sealed interface Acceptance {

  /**
   * The job is stored, and its id may be returned. The caller publishes {@code commands} now that
   * the transaction has ended; if nobody publishes them, the store does so later.
   */
  record Accepted(JobId job, JobStatus status, List<PublishableCommand> commands)
      implements Acceptance {}

  /** The same request was accepted before under the same idempotency key. */
  record Repeated(JobId job) implements Acceptance {}

  /** The idempotency key was used for another request. Nothing was stored. */
  record KeyReused() implements Acceptance {}

  /** Another request with the idempotency key is at work. Nothing was stored. */
  record KeyInHand() implements Acceptance {}

  /**
   * There are more targets than a job may have. Nothing was stored.
   *
   * @param most how many a job may have
   */
  record TooManyTargets(int most) implements Acceptance {}

  /**
   * There is no target, as the job that was to be worked once more left nothing. Nothing was
   * stored.
   */
  record NoTargets() implements Acceptance {}

  /**
   * The job needs an approval, and nobody else could give it. Nothing was stored.
   *
   * @param why it needs one, for people
   */
  record NobodyApproves(String why) implements Acceptance {}

  /** A target belongs to another job of the kind. Nothing was stored. */
  record Claimed(String target) implements Acceptance {}
}
