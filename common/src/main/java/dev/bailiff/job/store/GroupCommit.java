package dev.bailiff.job.store;

import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.Lease;
import java.util.List;

/** Takes the records of the batches of a group, within its transaction. All are fenced already. */
@FunctionalInterface
public interface GroupCommit {

  /**
   * Rule 3: stores what a batch did. What follows for its stage is told by the whole group.
   *
   * @param known names of the stages of the job's kind that the owner knows, in order
   */
  void record(Lease lease, BatchRecord batch, List<String> known);
}
