package dev.bailiff.homeserver.store;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;

/** A process that dies after the effect of its batch and before the commit. */
public final class CommitThatDies implements BatchCommit {
  @Override
  public void fence() {}

  @Override
  public BatchOutcome record(BatchOutcome outcome) {
    throw new IllegalStateException("died");
  }
}
