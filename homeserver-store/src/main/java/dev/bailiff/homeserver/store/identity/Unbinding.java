package dev.bailiff.homeserver.store.identity;

/** How unbinding ended, from best to worst: of a user's ids the worst one counts. */
public enum Unbinding {
  /** Unbound, or nothing was bound. */
  SUCCESS("success"),
  /** A server that cannot unbind knows it. */
  NO_SUPPORT("no-support"),
  /** A server did not answer, or refused: the account must stay as it is. */
  FAILED("failed");

  private final String word;

  Unbinding(String word) {
    this.word = word;
  }

  /** The word of the API. */
  public String word() {
    return word;
  }
}
