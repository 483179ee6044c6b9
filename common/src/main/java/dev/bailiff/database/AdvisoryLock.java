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
  MIGRATIONS(7_221_004),
  /** Requests at work: one lock for each idempotency key. */
  IDEMPOTENCY_KEYS(7_221_005),
  /** Making the partitions of the audit; its function has the number. */
  AUDIT_PARTITIONS(7_221_006),
  /** Adding to the chain of the audit, and archiving a part of it. */
  AUDIT_CHAIN(7_221_007),
  /** Taking a server admin away, so that two processes do not take the last two at once. */
  LAST_ADMIN(7_221_011),
  /** Counting what a token asks for: one lock for each token. */
  TOKEN_USES(7_221_012);

  private final int number;

  AdvisoryLock(int number) {
    this.number = number;
  }

  /** A statement that waits for the lock. */
  public String take() {
    return "select pg_advisory_xact_lock(" + number + ")";
  }

  /**
   * A statement that waits for one of many locks under this number. Two names may share a lock.
   *
   * @param name SQL of a text
   */
  public String takeOne(String name) {
    return "select pg_advisory_xact_lock(" + number + ", hashtext(" + name + "))";
  }

  /** A query that takes the lock if it is free, and returns whether it took it. */
  public String tryToTake() {
    return "select pg_try_advisory_xact_lock(" + number + ")";
  }

  /**
   * The same for one of many locks under this number. Two names share a lock once in four billion
   * pairs, so the lock may only stand for something that can be asked for again.
   *
   * @param name SQL of a text
   */
  public String tryToTakeOne(String name) {
    return "select pg_try_advisory_xact_lock(" + number + ", hashtext(" + name + "))";
  }
}
