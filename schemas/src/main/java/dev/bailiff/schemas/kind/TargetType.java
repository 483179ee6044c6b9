package dev.bailiff.schemas.kind;

/**
 * What the targets of a kind are; decides how their ids are checked and what their claims are
 * called.
 */
public enum TargetType {
  USER,
  ROOM,
  /** Media, named one by one, by their user, or all together as {@code *}. */
  MEDIA
}
