package dev.bailiff.homeserver.store.snapshot;

/**
 * A snapshot cannot be imported or the import cannot go on. Batches committed before the faulty
 * line are kept.
 */
public final class SnapshotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long line;
  private final String reason;

  public SnapshotException(long line, String reason) {
    super((line > 0 ? "line " + line + ": " : "") + reason);
    this.line = line;
    this.reason = reason;
  }

  /** The number of the faulty line, from 1; 0 when the error concerns no line. */
  public long line() {
    return line;
  }

  /** The reason in words. */
  public String reason() {
    return reason;
  }
}
