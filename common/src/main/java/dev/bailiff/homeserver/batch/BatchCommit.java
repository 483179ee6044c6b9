package dev.bailiff.homeserver.batch;

import java.util.function.UnaryOperator;

/**
 * How the engine makes a batch safe (docs/architecture.md, rules 2 and 3). An implementation of the
 * port calls {@link #fence} before its first change and {@link #record} after its last, each once.
 * A batch that changes nothing calls only {@code record}, which fences it. The implementation
 * returns exactly the outcome that {@code record} returned: the caller goes on from there, so it
 * must be the outcome that is stored.
 *
 * <p><b>Transactions:</b> both join the transaction that is open on the calling thread with the job
 * store's database; without one, each runs in a transaction of its own. A store in that database
 * opens one transaction around fence, effect and record, so that they commit together; a remote
 * homeserver calls fence, then its idempotent effect, then record.
 *
 * <p><b>Errors:</b> fence throws a {@code LeaseLostException} when the segment belongs to another
 * owner by now. The port must not catch it: the batch changes nothing.
 */
public interface BatchCommit {

  /** Proves that the segment is still ours and locks it until the transaction ends. */
  void fence();

  /**
   * Stores checkpoint, counters, failures and reply of the batch, and renews the lease.
   *
   * @return the outcome as recorded; {@link #map} may have changed it
   */
  BatchOutcome record(BatchOutcome outcome);

  /**
   * Records that the batch was not worked, as its turn did not come. The segment comes again at the
   * place where it is: what {@link #map} makes of an outcome does not apply, and what was counted
   * stays counted. Called in place of {@link #record}, with or without {@link #fence}. A commit
   * with a {@link #pace} must offer it.
   *
   * @return the outcome as recorded, with the place where the segment is
   */
  default BatchOutcome postpone(Snooze snooze) {
    throw new UnsupportedOperationException("a batch without a pace has no turn to wait for");
  }

  /** How fast the batch should be worked. */
  default PaceWish pace() {
    return PaceWish.NONE;
  }

  /**
   * Takes note of the speed at which the batch was worked. It is stored with the outcome, for
   * people. Called before {@link #record}, or not at all.
   *
   * @param speed for example {@code gentle, 11/s}
   */
  default void paced(String speed) {}

  /**
   * Whether the account of a target may be closed although it is the last server admin. Only the
   * operation itself can tell whether it is the last one at that moment.
   */
  default boolean mayTakeLastAdmin(Target target) {
    return true;
  }

  /**
   * This commit for an operation whose outcome is only a part of the batch. An operation on some of
   * the segment's targets, for example, has its own end and its own cursors.
   *
   * @param change turns the outcome of the operation into the outcome of the batch
   */
  default BatchCommit map(UnaryOperator<BatchOutcome> change) {
    return new MappedCommit(this, change);
  }
}
