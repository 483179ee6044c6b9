package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Verdict;
import java.util.List;

/** A {@link BatchCommit} that can also store what {@code verify} found. */
public interface StageCommit extends BatchCommit {

  /** Like {@link #record(BatchOutcome)}, with verdicts. */
  BatchOutcome record(BatchOutcome outcome, List<Verdict> verdicts);
}
