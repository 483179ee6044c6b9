package dev.bailiff.standalone.terminal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one piece of work.
 *
 * @param label names the work, the same in every row
 * @param state of the work: a stage while it runs, a status when it has ended
 * @param total items known so far; 0 while they are being counted
 * @param done items done, without the failed and skipped ones
 * @param perSecond items per second; null if not known yet
 * @param left time to the end; null if not known, or if the work has ended
 * @param ended true once nothing changes any more
 */
public record ProgressRow(
    String label,
    String state,
    long total,
    long done,
    long failed,
    long skipped,
    @Nullable Double perSecond,
    @Nullable Duration left,
    boolean ended) {

  /** Items that need no more work: done, failed or skipped. */
  public long finished() {
    return done + failed + skipped;
  }

  /** Between 0 and 1; 1 only once the work has ended or all known items are finished. */
  public double fraction() {
    if (total <= 0) {
      return ended ? 1 : 0;
    }
    return Math.min(1, (double) finished() / total);
  }
}
