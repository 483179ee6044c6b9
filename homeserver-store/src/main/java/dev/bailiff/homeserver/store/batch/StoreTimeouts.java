package dev.bailiff.homeserver.store.batch;

import java.time.Duration;

/**
 * How long a batch may wait or work. A worker that is stopped in the middle of a batch loses its
 * transaction, and with it its locks, after {@code idleInTransaction}.
 *
 * @param lock for any one lock
 * @param idleInTransaction between two statements
 * @param statement for any one statement
 */
public record StoreTimeouts(Duration lock, Duration idleInTransaction, Duration statement) {

  public StoreTimeouts {
    for (Duration each : new Duration[] {lock, idleInTransaction, statement}) {
      if (each.isNegative() || each.isZero()) {
        throw new IllegalArgumentException("a time-out must be positive: " + each);
      }
    }
  }

  /** Ten seconds each: below half a lease, above what a batch of half a second needs. */
  public static StoreTimeouts defaults() {
    return all(Duration.ofSeconds(10));
  }

  public static StoreTimeouts all(Duration each) {
    return new StoreTimeouts(each, each, each);
  }
}
