package dev.bailiff.homeserver.store.snapshot;

/** A snapshot cannot be imported (on). Batches before the one with the line are kept. */
public final class SnapshotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long line;
  private final String reason;

  public SnapshotException(long line, String reason) {
    super((line > 0 ? "line " + line + ": " : "") + reason);
    this.line = line;
    this.reason = reason;
  }

  /** The number of the line, from 1; 0 when it is not about a line. */
  public long line() {
    return line;
  }

  /** What is wrong, in words. */
  public String reason() {
    return reason;
  }
}
