package dev.bailiff.job.store;

import java.time.Duration;

/**
 * Times and bounds of leases. The defaults are for production; tests shorten them.
 *
 * @param lease how long a lease lasts after each batch, on the database's clock; a batch must not
 *     outlast a third of it
 * @param statementTimeout {@code lock_timeout}, {@code statement_timeout} and {@code
 *     idle_in_transaction_session_timeout} of a batch: a stopped worker keeps no locks for longer
 * @param maxAttempts leases in a row without a committed batch before the rest of a segment is
 *     given up
 * @param window segments of one job that are published at a time
 * @param republishAfter first wait before a command that nobody took is published again; doubles
 *     each time
 * @param republishAtMost bound of that doubling
 * @param retryBackoff first wait before a failed segment is tried again; doubles with each attempt
 */
public record LeaseConfig(
    Duration lease,
    Duration statementTimeout,
    int maxAttempts,
    int window,
    Duration republishAfter,
    Duration republishAtMost,
    Duration retryBackoff) {

  /** Production values (design parts 3 and 5). */
  public static final LeaseConfig DEFAULT =
      new LeaseConfig(
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          5,
          32,
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1));
}
