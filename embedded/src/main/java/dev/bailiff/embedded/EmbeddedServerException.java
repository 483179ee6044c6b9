package dev.bailiff.embedded;

/**
 * Thrown when an embedded server cannot be started or stopped, or when its folder cannot be used.
 *
 * <p>The message is one line for the person at the terminal: the step that failed, its folder or
 * port, and where to look. A retry without a change does not help.
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
