package dev.bailiff.standalone.terminal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far one piece of work is.
 *
 * @param label names it, the same in every row of its life
 * @param state what it does now: a stage while it runs, a status when it has ended
 * @param total items known so far; 0 while they are being counted
 * @param done items done, without those below
 * @param perSecond null if not known yet
 * @param left time to its end; null if not known, or if it has ended
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

  /** Items that need no more work, whatever became of them. */
  public long finished() {
    return done + failed + skipped;
  }

  /** Between 0 and 1; 1 only once it has ended or all known items are finished. */
  public double fraction() {
    if (total <= 0) {
      return ended ? 1 : 0;
    }
    return Math.min(1, (double) finished() / total);
  }
}
