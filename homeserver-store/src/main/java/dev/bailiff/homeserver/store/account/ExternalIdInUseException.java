package dev.bailiff.homeserver.store.account;

/** An external id belongs to another user (409, admin-api 4.2). Nothing was changed. */
public final class ExternalIdInUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ExternalIdInUseException() {
    super("External id is already in use.");
  }
}
