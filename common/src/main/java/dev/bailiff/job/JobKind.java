package dev.bailiff.job;

import java.util.regex.Pattern;

/**
 * The kind of a job, as a stable name that outlives class names. Topic, share group and slots are
 * derived from the name.
 *
 * @param name lower-case words joined by {@code -}, at most 40 characters; not {@code express}
 */
public record JobKind(String name) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,38}[a-z]");

  /** A kind of this name would get the topic for the first segments of all kinds. */
  private static final String RESERVED = "express";

  public JobKind {
    if (!NAME.matcher(name).matches() || name.equals(RESERVED)) {
      throw new IllegalArgumentException("not a name of a kind: " + name);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
