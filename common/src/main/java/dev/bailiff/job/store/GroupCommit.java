package dev.bailiff.job.store;

import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.Lease;

/** Takes the records of the batches of a group, within its transaction. All are fenced already. */
@FunctionalInterface
public interface GroupCommit {

  /** Rule 3: stores what a batch did. What follows for its stage is told by the whole group. */
  void record(Lease lease, BatchRecord batch);
}
