package dev.bailiff.homeserver.synapse.pace;

/** A call was not made, as its turn did not come in the time of the batch. */
public final class NoTurnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoTurnException() {
    super("the turn of a call did not come", null, false, false);
  }
}
