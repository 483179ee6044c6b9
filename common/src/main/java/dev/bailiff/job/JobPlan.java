package dev.bailiff.job;

import dev.bailiff.homeserver.counting.Numbers;

/**
 * What a dry run found out.
 *
 * @param leftOut how many targets are left out
 */
public record JobPlan(Numbers numbers, long leftOut) {

  /**
   * A target on which the run would do nothing.
   *
   * @param number of the target in the dry run
   */
  public record LeftOutTarget(int number, String target, String reason) {}

  /**
   * How fast jobs of a kind went on this server.
   *
   * @param jobs how many jobs that is measured from
   * @param items which they worked
   * @param seconds which they took together, from their first lease to their end
   */
  public record MeasuredRate(int jobs, long items, double seconds) {

    /** Items a second. */
    public double itemsASecond() {
      return items / seconds;
    }
  }
}
