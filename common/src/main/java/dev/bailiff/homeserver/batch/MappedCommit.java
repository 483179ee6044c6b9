package dev.bailiff.homeserver.batch;

import java.util.function.UnaryOperator;

/** Records a changed outcome in place of the given one; the rest is left to the commit. */
record MappedCommit(BatchCommit commit, UnaryOperator<BatchOutcome> change) implements BatchCommit {
  @Override
  public void fence() {
    commit.fence();
  }

  @Override
  public BatchOutcome record(BatchOutcome outcome) {
    return commit.record(change.apply(outcome));
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
