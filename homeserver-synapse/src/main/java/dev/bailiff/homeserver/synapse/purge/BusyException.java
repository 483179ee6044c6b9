package dev.bailiff.homeserver.synapse.purge;

/** A statement had to wait too long in Synapse's database. Its transaction was rolled back. */
final class BusyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BusyException(Throwable cause) {
    super("Synapse's database is busy", cause);
  }
}
