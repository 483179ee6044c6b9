package dev.bailiff.homeserver.store.identity;

/** The result of an unbinding, from best to worst: the worst result of a user's ids counts. */
public enum Unbinding {
  /** Unbound, or nothing was bound. */
  SUCCESS("success"),
  /** A server that cannot unbind knows the id. */
  NO_SUPPORT("no-support"),
  /** A server did not answer, or refused: the account must stay as it is. */
  FAILED("failed");

  private final String word;

  Unbinding(String word) {
    this.word = word;
  }

  /** The name of this result in the API. */
  public String word() {
    return word;
  }
}
