package dev.bailiff.homeserver.store.roomadmin;

/** Why a room does not let somebody do something. Nothing was changed. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Which rule it was. */
  public enum Rule {
    /** Our server is not in the room, or does not know it. */
    NOT_IN_ROOM,
    /** No local user who is joined has the power. */
    NO_POWER,
    /** The power levels of the room do not allow it. */
    FORBIDDEN,
    BLOCKED,
    BANNED,
    SUSPENDED
  }

  private final Rule rule;

  RefusedException(Rule rule, String text) {
    super(text, null, false, false);
    this.rule = rule;
  }

  public Rule rule() {
    return rule;
  }
}
