package dev.bailiff.homeserver.store.timeline;

/** The type and state key of a state event. */
public record StateKey(String type, String key) {
  private static final String MEMBER = "m.room.member";

  /** The position before all memberships. */
  static final StateKey FIRST_MEMBER = new StateKey(MEMBER, "");

  /** Whether this is the key of a membership. */
  public boolean isMember() {
    return type.equals(MEMBER);
  }
}
