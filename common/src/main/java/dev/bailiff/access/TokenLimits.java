package dev.bailiff.access;

import org.jspecify.annotations.Nullable;

/**
 * How much a token may ask for in a time.
 *
 * @param jobsAMinute how many jobs it may submit within any minute; null: any number
 * @param targetsADay how many targets its jobs may have within any day together; null: any number
 */
public record TokenLimits(@Nullable Integer jobsAMinute, @Nullable Integer targetsADay) {

  /** No limit. */
  public static final TokenLimits NONE = new TokenLimits(null, null);

  /** Whether there is any limit. */
  public boolean areAny() {
    return jobsAMinute != null || targetsADay != null;
  }

  /** Whether others allow no more than these. */
  boolean cover(TokenLimits others) {
    return covers(jobsAMinute, others.jobsAMinute) && covers(targetsADay, others.targetsADay);
  }

  private static boolean covers(@Nullable Integer mine, @Nullable Integer other) {
    return mine == null || (other != null && other <= mine);
  }
}
