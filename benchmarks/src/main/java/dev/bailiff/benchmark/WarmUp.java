package dev.bailiff.benchmark;

/**
 * What comes before the clock: the same work again and again, until it gets no quicker. A server
 * that serves has been through that long ago; its code is compiled and its caches are filled.
 */
final class WarmUp {
  /** No more runs begin after that. */
  private static final double MOST_SECONDS = 90;

  /** A run is quicker if it takes less than this share of the quickest one so far. */
  private static final double QUICKER = 0.97;

  /** One slow run may be chance, as when a collection or a compilation falls into it. */
  private static final int RUNS_NO_QUICKER = 2;

  private WarmUp() {}

  /** One run of the work. */
  @FunctionalInterface
  interface Run {
    /**
     * Does it.
     *
     * @param n from 0, for work that cannot be done twice
     * @return how many seconds it took
     */
    double seconds(int n) throws Exception;
  }

  /**
   * Runs it until two runs one after the other were no quicker than the quickest before, or until
   * the time or the number of runs is used up.
   *
   * @param most how many runs there can be
   * @return seconds of all runs together
   */
  static double of(int most, Run run) throws Exception {
    double all = 0;
    double quickest = Double.MAX_VALUE;
    int noQuicker = 0;
    for (int n = 0; n < most && all < MOST_SECONDS && noQuicker < RUNS_NO_QUICKER; n++) {
      double seconds = run.seconds(n);
      all += seconds;
      noQuicker = seconds < QUICKER * quickest ? 0 : noQuicker + 1;
      quickest = Math.min(quickest, seconds);
    }
    return all;
  }

  /** The same with as many runs as fit into the time. */
  static double of(Run run) throws Exception {
    return of(Integer.MAX_VALUE, run);
  }
}
