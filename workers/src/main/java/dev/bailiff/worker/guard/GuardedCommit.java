package dev.bailiff.worker.guard;

import dev.bailiff.guard.Rail;
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

/** The commit of a job that spares the last server admin. */
record GuardedCommit(StageCommit commit, TermsOfJob terms) implements StageCommit {

  @Override
  public boolean mayTakeLastAdmin(Target target) {
    return terms.waived(target).contains(Rail.LAST_ADMIN.word());
  }

  @Override
  public void fence() {
    commit.fence();
  }

  @Override
  public BatchOutcome record(BatchOutcome outcome) {
    return commit.record(outcome);
  }

  @Override
  public BatchOutcome record(BatchOutcome outcome, List<Verdict> verdicts) {
    return commit.record(outcome, verdicts);
  }

  @Override
  public BatchOutcome record(BatchOutcome outcome, Finds finds) {
    return commit.record(outcome, finds);
  }

  @Override
  public BatchOutcome record(BatchOutcome outcome, Counted counted) {
    return commit.record(outcome, counted);
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
}
