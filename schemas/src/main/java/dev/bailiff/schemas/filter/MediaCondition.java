package dev.bailiff.schemas.filter;

/** Conditions on media that users of this server uploaded. */
public enum MediaCondition implements Condition {
  /** Who uploaded it. */
  OWNER(ConditionType.GLOB),
  /** The media type, such as {@code image/png}. */
  TYPE(ConditionType.GLOB),
  CREATED_AFTER(ConditionType.TIME),
  CREATED_BEFORE(ConditionType.TIME),
  /** Last used, or uploaded if never used, earlier than this moment. */
  LAST_ACCESS_BEFORE(ConditionType.TIME),
  NEVER_ACCESSED(ConditionType.FLAG),
  /** More bytes than this. */
  SIZE_MORE_THAN(ConditionType.SIZE),
  QUARANTINED(ConditionType.FLAG),
  /** Is protected from quarantine. */
  PROTECTED(ConditionType.FLAG);

  private final ConditionType type;

  MediaCondition(ConditionType type) {
    this.type = type;
  }

  @Override
  public ConditionType type() {
    return type;
  }

  @Override
  public boolean isOutByDefault() {
    return this == QUARANTINED || this == PROTECTED;
  }

  @Override
  public char sigil() {
    return this == OWNER ? '@' : 0;
  }
}
