package dev.bailiff.job.store;

import dev.bailiff.database.DatabaseRefusedException;

/** The jobs of the database act on another homeserver than this process. */
public final class OtherHomeserverException extends DatabaseRefusedException {
  private static final long serialVersionUID = 1L;

  OtherHomeserverException(String message) {
    super(message, null);
  }
}
