package dev.bailiff.standalone.stack;

import org.jspecify.annotations.Nullable;

/** A data folder cannot be used. The message is one sentence for the person at the terminal. */
public final class DataFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DataFolderException(String message) {
    this(message, null);
  }

  DataFolderException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
