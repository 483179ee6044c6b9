package dev.bailiff.schemas.filter;

/** What the value of a condition is. */
public enum ConditionType {
  /** A text in which {@code *} stands for any characters and {@code ?} for one; or a list. */
  GLOB(true),
  /** A whole text, or a list of texts. */
  TEXT(true),
  /** The id of a room, or a list of ids. */
  ROOM_ID(true),
  /** An IP address, a network such as {@code 203.0.113.0/24}, or a list of both. */
  ADDRESS(true),
  /** True or false; a list of both means either. */
  FLAG(true),
  /** A moment: RFC 3339 with a zone, or so long ago, as {@code -24h}. */
  TIME(false),
  /** A whole number from 0. */
  NUMBER(false),
  /** A number of bytes, or a text such as {@code 10MB}. */
  SIZE(false);

  private final boolean takesList;

  ConditionType(boolean takesList) {
    this.takesList = takesList;
  }

  /** Whether a list of values, of which any may match, makes sense. */
  public boolean takesList() {
    return takesList;
  }
}
