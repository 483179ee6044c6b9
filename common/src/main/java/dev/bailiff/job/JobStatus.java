package dev.bailiff.job;

import java.util.Locale;

/** The status of a job; {@link JobTransitions} lists the allowed moves. */
public enum JobStatus {
  /** Stored; no segment was leased yet. Left by the first lease, or by cancel. */
  SCHEDULED(false),
  /** A worker works on the job, or the job waits for a worker between two segments. */
  ACTIVE(false),
  /** Held back by an operator; running batches end, and no new one starts. */
  PAUSED(false),
  /** What the job would work is counted; it waits for the approval of a second person. */
  AWAITING_APPROVAL(false),
  /** All stages ended. Single items may have failed; the job lists them. */
  COMPLETED(true),
  /** The job's plan or its only target failed; the error says why. */
  FAILED(true),
  /** Ended on request; the work done until then is kept. */
  CANCELLED(true);

  private final boolean terminal;

  JobStatus(boolean terminal) {
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

  /**
   * The status that {@code word} names.
   *
   * @throws IllegalArgumentException if no status has this word
   */
  public static JobStatus of(String word) {
    if (!word.equals(word.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("unknown status " + word);
    }
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
