package dev.bailiff.schemas.filter;

/** Conditions on accounts of this server. */
public enum UserCondition implements Condition {
  USER_ID(ConditionType.GLOB),
  DISPLAYNAME(ConditionType.GLOB),
  /** Created at this moment or later. */
  CREATED_AFTER(ConditionType.TIME),
  /** Created earlier than this moment. */
  CREATED_BEFORE(ConditionType.TIME),
  /** Seen at this moment or later. */
  LAST_SEEN_AFTER(ConditionType.TIME),
  /** Seen, and for the last time earlier than this moment. */
  LAST_SEEN_BEFORE(ConditionType.TIME),
  /** Never used any session, as far as the homeserver knows. */
  NEVER_SEEN(ConditionType.FLAG),
  /** Has an email address or a phone number. */
  HAS_THREEPID(ConditionType.FLAG),
  /** Any known connection came from there. */
  IP(ConditionType.ADDRESS),
  /** Is joined to one of the rooms. */
  IN_ROOM(ConditionType.ROOM_ID),
  /** Ever wrote an event that is no membership. */
  SPOKE(ConditionType.FLAG),
  /** The empty text means accounts without a type. */
  USER_TYPE(ConditionType.TEXT),
  ADMIN(ConditionType.FLAG),
  GUEST(ConditionType.FLAG),
  LOCKED(ConditionType.FLAG),
  SUSPENDED(ConditionType.FLAG),
  SHADOW_BANNED(ConditionType.FLAG),
  DEACTIVATED(ConditionType.FLAG),
  /** Belongs to an application service. */
  APPSERVICE(ConditionType.FLAG);

  private final ConditionType type;

  UserCondition(ConditionType type) {
    this.type = type;
  }

  @Override
  public ConditionType type() {
    return type;
  }

  @Override
  public boolean isOutByDefault() {
    return this == DEACTIVATED || this == APPSERVICE;
  }

  @Override
  public char sigil() {
    return this == USER_ID ? '@' : 0;
  }
}
