package dev.bailiff.standalone.stack;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a data folder came to be where it is. Says whether a twin of it may be at work elsewhere. */
public enum Arrival {
  /** It was made here. */
  MADE,
  /** It is the same folder on disk under another path. */
  MOVED,
  /** It is another folder on disk, at another path: its twin may be at work there. */
  COPIED,
  /** It was replaced at its place, or its database was: what it says may be old. */
  RESTORED;

  /** As in files and in the database. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
