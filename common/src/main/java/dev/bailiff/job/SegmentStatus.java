package dev.bailiff.job;

import java.util.Locale;

/**
 * Where a segment is in its life: {@code ready → leased → done | failed | cancelled}, {@code leased
 * → ready}.
 */
public enum SegmentStatus {
  /** May be leased; published when it is inside the window of its job and due. */
  READY(false),
  /** A worker has the right to work on it until the lease runs out. */
  LEASED(false),
  /** All its items are done, skipped or listed as failed. */
  DONE(true),
  /** Out of attempts: the rest of its items was given up. */
  FAILED(true),
  /** Its job was cancelled before it was finished. */
  CANCELLED(true);

  private final boolean terminal;

  SegmentStatus(boolean terminal) {
    this.terminal = terminal;
  }

  /** Whether nothing leads out of this status. */
  public boolean isTerminal() {
    return terminal;
  }

  /** The word in columns and JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
