package dev.bailiff.homeserver.store.snapshot;

/** A line does not follow the format; the importer adds the line's number. */
final class BadRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadRecordException(String reason) {
    super(reason);
  }
}
