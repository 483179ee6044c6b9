package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.BatchOutcome;
import dev.bailiff.homeserver.Cursor;
import dev.bailiff.homeserver.Verdict;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last stage of every kind: looks at what should be gone and stores a verdict per target.
 * Changes nothing else.
 */
public abstract class VerifyStage extends TargetStage {

  protected VerifyStage(StageServices services) {
    super("verify", services, 1000);
  }

  @Override
  public final boolean groupsCommits() {
    return true;
  }

  @Override
  protected final BatchOutcome workTargets(
      StageContext context, List<OpenTarget> page, @Nullable Cursor next, StageCommit commit) {
    var verdicts = verify(context, page);
    var outcome = BatchOutcome.of(page.size(), 0, next);
    commit.record(outcome, verdicts);
    return outcome;
  }

  /** What cannot be looked at has no verdict; what was done to it was done all the same. */
  @Override
  public final Remaining remaining(
      StageContext context, String range, @Nullable Cursor after, int size) {
    var given = super.remaining(context, range, after, size);
    return new Remaining(
        given.items().stream()
            .map(item -> new Item(item.target(), item.name(), item.count(), false))
            .toList(),
        given.next());
  }

  /** One verdict per target. */
  protected abstract List<Verdict> verify(StageContext context, List<OpenTarget> page);
}
