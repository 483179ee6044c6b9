package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.job.BatchRecord.Finds;
import dev.bailiff.job.JobError;
import java.util.List;

/** A {@link BatchCommit} that can also store the verdicts of {@code verify}. */
public interface StageCommit extends BatchCommit {

  /** Records an outcome as {@link #record(BatchOutcome)} does, with verdicts. */
  BatchOutcome record(BatchOutcome outcome, List<Verdict> verdicts);

  /** Records an outcome as {@link #record(BatchOutcome)} does, with targets that were found. */
  BatchOutcome record(BatchOutcome outcome, Finds finds);

  /** Records an outcome as {@link #record(BatchOutcome)} does, with what was counted. */
  BatchOutcome record(BatchOutcome outcome, Counted counted);

  /**
   * Records that the job cannot go on: it ends as failed.
   *
   * @return an outcome that has ended
   */
  BatchOutcome fail(JobError error);
}
