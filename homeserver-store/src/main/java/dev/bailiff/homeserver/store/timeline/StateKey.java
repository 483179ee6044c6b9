package dev.bailiff.homeserver.store.timeline;

/** What an event is the state of. */
public record StateKey(String type, String key) {
  private static final String MEMBER = "m.room.member";

  /** Before the memberships. */
  static final StateKey FIRST_MEMBER = new StateKey(MEMBER, "");

  /** Whether it is somebody's membership. */
  public boolean isMember() {
    return type.equals(MEMBER);
  }
}
