package dev.bailiff.homeserver.batch;

/**
 * How the engine makes a batch safe (docs/architecture.md, rules 2 and 3). An implementation of the
 * port calls {@link #fence} before its first change and {@link #record} after its last, each once.
 * A batch that changes nothing is not fenced: its record is.
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

  /** Stores checkpoint, counters, failures and reply of the batch, and renews the lease. */
  void record(BatchOutcome outcome);
}
