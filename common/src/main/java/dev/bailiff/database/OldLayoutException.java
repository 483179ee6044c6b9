package dev.bailiff.database;

/**
 * The database has a layout that this release cannot upgrade. Nothing was changed in it. The
 * message is one sentence for the person at the terminal.
 */
public final class OldLayoutException extends DatabaseRefusedException {
  private static final long serialVersionUID = 1L;

  OldLayoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
