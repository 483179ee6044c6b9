package dev.bailiff.job.store;

import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.Lease;
import java.util.List;

/**
 * Takes the records of the batches of a group, within the group's transaction. All leases are
 * fenced already.
 */
@FunctionalInterface
public interface GroupCommit {

  /**
   * Rule 3: stores a batch. The commit of the whole group returns the consequences for the stages.
   *
   * @param known names of the stages of the job's kind that the owner knows, in order
   */
  void record(Lease lease, BatchRecord batch, List<String> known);
}
