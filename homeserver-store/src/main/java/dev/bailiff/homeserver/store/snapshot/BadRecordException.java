package dev.bailiff.homeserver.store.snapshot;

/** A line is not what the format says; the importer adds the line's number. */
final class BadRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadRecordException(String reason) {
    super(reason);
  }
}
