package dev.bailiff.homeserver.store.batch;

import dev.bailiff.database.TransactionBounds;
import java.time.Duration;

/**
 * Limits of the waits and statements of a batch. A worker that is stopped in the middle of a batch
 * loses its transaction, and with the transaction its locks, after {@code idleInTransaction}.
 *
 * @param lock bound of each wait for a lock
 * @param idleInTransaction bound of each pause between two statements
 * @param statement bound of each statement
 */
public record StoreTimeouts(Duration lock, Duration idleInTransaction, Duration statement) {

  public StoreTimeouts {
    for (Duration each : new Duration[] {lock, idleInTransaction, statement}) {
      if (each.isNegative() || each.isZero()) {
        throw new IllegalArgumentException("a time-out must be positive: " + each);
      }
    }
  }

  /** Ten seconds each: less than half a lease, more than a batch of half a second needs. */
  public static StoreTimeouts defaults() {
    return all(Duration.ofSeconds(10));
  }

  /** The same limits for a transaction. */
  public TransactionBounds bounds() {
    return new TransactionBounds(lock, statement, idleInTransaction);
  }

  public static StoreTimeouts all(Duration each) {
    return new StoreTimeouts(each, each, each);
  }
}
