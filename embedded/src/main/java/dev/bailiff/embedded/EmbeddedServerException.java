package dev.bailiff.embedded;

/**
 * An embedded server could not be started, stopped or its folder not be used.
 *
 * <p>The message is one line for the person at the terminal: what failed, on which folder or port,
 * and where to look. Trying again without a change does not help.
 */
public final class EmbeddedServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmbeddedServerException(String message) {
    super(message);
  }

  EmbeddedServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
