package dev.bailiff.database;

import org.jspecify.annotations.Nullable;

/**
 * This process cannot work on the database. The message is one sentence for the person at the
 * terminal.
 */
public abstract class DatabaseRefusedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** A refusal with its sentence. */
  protected DatabaseRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
