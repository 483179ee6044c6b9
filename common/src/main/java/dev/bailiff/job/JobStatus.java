package dev.bailiff.job;

import java.util.Locale;

/** Where a job is in its life; which moves are allowed is in {@link JobTransitions}. */
public enum JobStatus {
  /** Stored; no segment was leased yet. Left by the first lease, or by cancel. */
  SCHEDULED(false),
  /** Being worked, or waiting for a worker between two segments. */
  ACTIVE(false),
  /** Held back by an operator; running batches end, nothing new starts. */
  PAUSED(false),
  /** Waits for a second person's word before it starts. */
  AWAITING_APPROVAL(false),
  /** All stages ended; single items may have failed, they are listed. */
  COMPLETED(true),
  /** Its plan or its only target failed; the error says why. */
  FAILED(true),
  /** Ended on request; what was done stays done. */
  CANCELLED(true);

  private final boolean terminal;

  JobStatus(boolean terminal) {
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

  /**
   * The status that {@code word} names.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static JobStatus of(String word) {
    if (!word.equals(word.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("unknown status " + word);
    }
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
