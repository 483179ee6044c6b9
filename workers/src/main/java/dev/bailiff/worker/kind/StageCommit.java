package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Verdict;
import java.util.List;

/** A {@link BatchCommit} that can also store the verdicts of {@code verify}. */
public interface StageCommit extends BatchCommit {

  /** Records an outcome as {@link #record(BatchOutcome)} does, with verdicts. */
  BatchOutcome record(BatchOutcome outcome, List<Verdict> verdicts);
}
