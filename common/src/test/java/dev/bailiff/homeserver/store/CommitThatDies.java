package dev.bailiff.homeserver.store;

import dev.bailiff.homeserver.BatchCommit;
import dev.bailiff.homeserver.BatchOutcome;

/** A process that dies after the effect of its batch and before the commit. */
final class CommitThatDies implements BatchCommit {
  @Override
  public void fence() {}

  @Override
  public void record(BatchOutcome outcome) {
    throw new IllegalStateException("died");
  }
}
