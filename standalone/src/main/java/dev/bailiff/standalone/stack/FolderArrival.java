package dev.bailiff.standalone.stack;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How a data folder came to its place. Shows whether a twin of the folder may be at work elsewhere.
 */
public enum FolderArrival {
  /** The folder was made here. */
  MADE,
  /** The folder is the same one on disk under another path. */
  MOVED,
  /** The folder is another one on disk, at another path: its twin may be at work there. */
  COPIED,
  /** The folder was replaced at its place, or its database was replaced: its files may be old. */
  RESTORED;

  /**
   * Whether another folder or database may work on the same jobs, or may have worked on them: then
   * they wait for an operator.
   */
  boolean mayHaveTwin() {
    return this == COPIED || this == RESTORED;
  }

  /** The word for files and for the database. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
