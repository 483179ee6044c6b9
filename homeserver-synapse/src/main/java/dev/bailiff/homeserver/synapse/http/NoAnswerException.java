package dev.bailiff.homeserver.synapse.http;

/**
 * A call was sent and no answer came in time. Its effect is unknown, so the caller looks at the
 * state of the homeserver before it sends the call again.
 */
public final class NoAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NoAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
