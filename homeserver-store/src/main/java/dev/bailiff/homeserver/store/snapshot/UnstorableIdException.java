package dev.bailiff.homeserver.store.snapshot;

/** A record whose ids the store cannot hold; it is set aside, and the others go on. */
final class UnstorableIdException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnstorableIdException(String reason) {
    super(reason);
  }
}
