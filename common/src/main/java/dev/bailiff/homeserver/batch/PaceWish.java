package dev.bailiff.homeserver.batch;

import org.jspecify.annotations.Nullable;

/**
 * How fast a batch should be worked.
 *
 * @param pace as the job's submitter asked; null: the homeserver decides
 * @param itemsBefore items of the job before this batch, as of the time at which the segment was
 *     leased
 */
public record PaceWish(@Nullable JobPace pace, long itemsBefore) {

  /** Nobody asked, and nothing was worked before. */
  public static final PaceWish NONE = new PaceWish(null, 0);

  /** A batch in the transaction of others, which must not wait in it. */
  public static final PaceWish UNPACED = new PaceWish(JobPace.FAST, 0);
}
