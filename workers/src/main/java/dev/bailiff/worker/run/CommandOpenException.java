package dev.bailiff.worker.run;

/**
 * What became of a command is not known here: the store did not answer, or its answer was lost. The
 * command must not be accepted, as a lease may stand behind it; its next delivery finds out.
 */
public final class CommandOpenException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final boolean storeAway;

  /** Of a command that was not looked at. */
  CommandOpenException(String message) {
    super(message);
    this.storeAway = false;
  }

  CommandOpenException(String message, boolean storeAway, Throwable cause) {
    super(message, cause);
    this.storeAway = storeAway;
  }

  /** Whether no connection to the store could be had. */
  public boolean isStoreAway() {
    return storeAway;
  }
}
