package dev.bailiff.database;

/**
 * Locks of PostgreSQL that stand for no row. Each lock is held until the transaction ends. A number
 * is never given to another lock, since processes of two releases may run side by side.
 */
public enum AdvisoryLock {
  /** Bringing the summaries of rooms up to date. */
  ROOM_SUMMARIES(7_221_001),
  /** Adding to the list of changes of the quarantine. */
  QUARANTINE_CHANGES(7_221_002),
  /** Folding the rows that count accounts. */
  ACCOUNT_COUNTS(7_221_003),
  /** Bringing the schemas to a release. */
  MIGRATIONS(7_221_004);

  private final long number;

  AdvisoryLock(long number) {
    this.number = number;
  }

  /** A statement that waits for the lock. */
  public String take() {
    return "select pg_advisory_xact_lock(" + number + ")";
  }

  /** A query that takes the lock if it is free, and returns whether it took it. */
  public String tryToTake() {
    return "select pg_try_advisory_xact_lock(" + number + ")";
  }
}
