package dev.bailiff.homeserver.batch;

import java.util.function.UnaryOperator;

/**
 * How the engine makes a batch safe (docs/architecture.md, rules 2 and 3). An implementation of the
 * port calls {@link #fence} before its first change and {@link #record} after its last, each once.
 * A batch that changes nothing is not fenced: its record is. The implementation returns what {@code
 * record} returned, and nothing else: the caller goes on from there, so it must be what is stored.
 *
 * <p><b>Transactions:</b> both join the transaction that is open on the calling thread with the job
 * store's database; without one each is a transaction of its own. A store in that database opens
 * one around fence, effect and record, so that they commit together; a remote homeserver calls
 * fence, then its idempotent effect, then record.
 *
 * <p><b>Errors:</b> fence throws a {@code LeaseLostException} when the segment belongs to somebody
 * else by now. It must not be caught by the port: the batch changes nothing.
 */
public interface BatchCommit {

  /** Proves that the segment is still ours and locks it until the transaction ends. */
  void fence();

  /**
   * Stores checkpoint, counters, failures and reply of the batch, and renews the lease.
   *
   * @return the outcome as it was recorded: {@link #map} may have changed it
   */
  BatchOutcome record(BatchOutcome outcome);

  /**
   * This commit for an operation whose outcome is only a part of the batch: a list of some of the
   * segment's targets has its own end, and its own cursors.
   *
   * @param change makes the outcome of the batch of that of the operation
   */
  default BatchCommit map(UnaryOperator<BatchOutcome> change) {
    return new MappedCommit(this, change);
  }
}
