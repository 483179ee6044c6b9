package dev.bailiff.worker.kind.cleanup;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.PaceWish;
import dev.bailiff.homeserver.batch.Snooze;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.job.BatchRecord.Finds;
import dev.bailiff.job.JobError;
import dev.bailiff.worker.kind.StageCommit;
import java.util.List;
import java.util.function.UnaryOperator;

/** The commit of a stage of a step: its outcome is changed before it is recorded. */
record StepCommit(StageCommit commit, UnaryOperator<BatchOutcome> change) implements StageCommit {
  @Override
  public void fence() {
    commit.fence();
  }

  @Override
  public BatchOutcome record(BatchOutcome outcome) {
    return commit.record(change.apply(outcome));
  }

  @Override
  public BatchOutcome record(BatchOutcome outcome, List<Verdict> verdicts) {
    return commit.record(change.apply(outcome), verdicts);
  }

  @Override
  public BatchOutcome record(BatchOutcome outcome, Finds finds) {
    return commit.record(change.apply(outcome), finds);
  }

  @Override
  public BatchOutcome record(BatchOutcome outcome, Counted counted) {
    return commit.record(change.apply(outcome), counted);
  }

  @Override
  public BatchOutcome fail(JobError error) {
    return commit.fail(error);
  }

  @Override
  public BatchOutcome postpone(Snooze snooze) {
    return commit.postpone(snooze);
  }

  @Override
  public PaceWish pace() {
    return commit.pace();
  }

  @Override
  public void paced(String speed) {
    commit.paced(speed);
  }

  @Override
  public boolean mayTakeLastAdmin(Target target) {
    return commit.mayTakeLastAdmin(target);
  }
}
