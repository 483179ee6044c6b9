package dev.bailiff.job;

/** The job was cancelled or paused since the last batch; the next batch must not begin. */
public final class StopRequestedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StopRequestedException(SegmentKey key) {
    super("stop requested: " + key);
  }
}
