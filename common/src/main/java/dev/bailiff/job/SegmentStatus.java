package dev.bailiff.job;

import java.util.Locale;

/**
 * The status of a segment: {@code ready → leased → done | failed | cancelled}, {@code leased →
 * ready}.
 */
public enum SegmentStatus {
  /**
   * The segment may be leased. Its command is published once the segment is due and inside the
   * window of its job.
   */
  READY(false),
  /** A worker has the right to work on it until the lease runs out. */
  LEASED(false),
  /** All items of the segment are done, skipped or listed as failed. */
  DONE(true),
  /** The segment ran out of attempts: the rest of its items was given up. */
  FAILED(true),
  /** The segment's job was cancelled before the segment was finished. */
  CANCELLED(true);

  private final boolean terminal;

  SegmentStatus(boolean terminal) {
    this.terminal = terminal;
  }

  /** Whether no other status can follow this one. */
  public boolean isTerminal() {
    return terminal;
  }

  /** The word in columns and JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
