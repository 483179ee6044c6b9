package dev.bailiff.kafka;

/**
 * Bytes on a command topic that are no command of a known version. The record goes to the dead
 * letters.
 */
public final class CommandUnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  public CommandUnreadableException(String message, Throwable cause) {
    super(message, cause);
  }

  public CommandUnreadableException(String message) {
    super(message);
  }
}
