package dev.bailiff.homeserver.synapse.database;

/** A statement had to wait too long in Synapse's database. Its transaction was rolled back. */
public final class BusyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BusyException(Throwable cause) {
    super("Synapse's database is busy", cause);
  }
}
