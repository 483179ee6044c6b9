package dev.bailiff.schemas.filter;

/** Conditions on the rooms that the homeserver knows. */
public enum RoomCondition implements Condition {
  ROOM_ID(ConditionType.GLOB),
  NAME(ConditionType.GLOB),
  TOPIC(ConditionType.GLOB),
  /** Any alias in the directory of this server, or the room's main alias. */
  ALIAS(ConditionType.GLOB),
  CREATOR(ConditionType.GLOB),
  MEMBERS_AT_MOST(ConditionType.NUMBER),
  MEMBERS_AT_LEAST(ConditionType.NUMBER),
  LOCAL_MEMBERS_AT_MOST(ConditionType.NUMBER),
  /** No event is at this moment or later. */
  NO_ACTIVITY_SINCE(ConditionType.TIME),
  /** Nobody local ever joined: what remains of invites that were declined or ignored. */
  LEFT_OVER(ConditionType.FLAG),
  BLOCKED(ConditionType.FLAG),
  ENCRYPTED(ConditionType.FLAG),
  /** Is in the directory of rooms. */
  PUBLIC(ConditionType.FLAG),
  /** Belongs to one of the spaces, or to a space in it, on any level. */
  CHILDREN_OF(ConditionType.ROOM_ID),
  /** Is one of the spaces, or belongs to one as with {@link #CHILDREN_OF}. */
  IN_SPACE(ConditionType.ROOM_ID);

  private final ConditionType type;

  RoomCondition(ConditionType type) {
    this.type = type;
  }

  @Override
  public ConditionType type() {
    return type;
  }

  @Override
  public char sigil() {
    return switch (this) {
      case ROOM_ID -> '!';
      case ALIAS -> '#';
      case CREATOR -> '@';
      default -> 0;
    };
  }
}
