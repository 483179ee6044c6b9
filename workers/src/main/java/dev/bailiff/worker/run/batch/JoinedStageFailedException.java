package dev.bailiff.worker.run.batch;

/** A stage could not be worked in the transaction of the stage before it; nothing was stored. */
public final class JoinedStageFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JoinedStageFailedException(RuntimeException cause) {
    super(cause);
  }
}
