package dev.bailiff.job;

import java.util.List;

/** What became of a request. */
public sealed interface Acceptance {

  /**
   * The job is stored; its id may be told. {@code commands} are to be published now that the
   * transaction is over; if nobody does, the store publishes them later.
   */
  record Accepted(JobId job, JobStatus status, List<PublishableCommand> commands)
      implements Acceptance {}

  /** The same request was accepted before under the same idempotency key. */
  record Repeated(JobId job) implements Acceptance {}

  /** The idempotency key was used for another request. Nothing was stored. */
  record KeyReused() implements Acceptance {}

  /** A target belongs to another job of the kind. Nothing was stored. */
  record Claimed(String target) implements Acceptance {}
}
