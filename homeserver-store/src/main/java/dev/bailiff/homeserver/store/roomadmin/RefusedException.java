package dev.bailiff.homeserver.store.roomadmin;

/** A room's rules refuse a change. Nothing was changed. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The rule that refused the change. */
  public enum Rule {
    /** Our server is not in the room, or does not know the room. */
    NOT_IN_ROOM,
    /** No joined local user has the power. */
    NO_POWER,
    /** The power levels of the room do not allow the change. */
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
