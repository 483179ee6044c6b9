package dev.bailiff.schemas.kind;

/**
 * The type of a kind's targets; it decides how their ids are checked and how their claims are
 * named.
 */
public enum TargetType {
  USER,
  ROOM,
  /** Media, named one by one, by their user, or all together as {@code *}. */
  MEDIA
}
