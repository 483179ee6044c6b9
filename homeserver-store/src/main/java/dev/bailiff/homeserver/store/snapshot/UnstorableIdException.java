package dev.bailiff.homeserver.store.snapshot;

/** A record whose ids the store cannot hold. The import sets the record aside and goes on. */
final class UnstorableIdException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnstorableIdException(String reason) {
    super(reason);
  }
}
