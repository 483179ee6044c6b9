package dev.bailiff.worker.run;

/**
 * The outcome of a command is unknown: the store did not answer, or its answer was lost. The
 * command must not be accepted, because a lease may stand behind it. Its next delivery finds out.
 */
public final class CommandOpenException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final boolean storeAway;

  /** For a command that was not looked at. */
  CommandOpenException(String message) {
    super(message);
    this.storeAway = false;
  }

  CommandOpenException(String message, boolean storeAway, Throwable cause) {
    super(message, cause);
    this.storeAway = storeAway;
  }

  /** Whether no connection to the store was available. */
  public boolean isStoreAway() {
    return storeAway;
  }
}
