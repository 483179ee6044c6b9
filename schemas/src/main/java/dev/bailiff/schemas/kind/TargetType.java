package dev.bailiff.schemas.kind;

import java.util.Locale;

/**
 * The type of a kind's targets; it decides how their ids are checked and how their claims are
 * named.
 */
public enum TargetType {
  USER,
  ROOM,
  /** Media, named one by one, by their user, or all together as {@code *}. */
  MEDIA;

  /** The word for several targets. */
  public String plural() {
    return this == MEDIA ? "media" : name().toLowerCase(Locale.ROOT) + "s";
  }
}
