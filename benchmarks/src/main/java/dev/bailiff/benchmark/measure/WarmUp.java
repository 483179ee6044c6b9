package dev.bailiff.benchmark.measure;

import java.lang.management.ManagementFactory;

/**
 * Warms a server up before the clock starts: runs the same work again and again until it gets no
 * faster. A server in service has been through this long ago; its code is compiled and its caches
 * are filled.
 */
public final class WarmUp {
  /** After this time no further run begins. */
  private static final double MOST_SECONDS = 240;

  /** A run is faster if it takes less than this share of the fastest run so far. */
  private static final double QUICKER = 0.97;

  /**
   * While the just-in-time compilers work for longer than this share of a run, they will compile
   * more code, however slow the machine is at the moment.
   */
  private static final double COMPILING = 0.5;

  /**
   * One slow run may be chance, for instance if a garbage collection or a compilation falls into
   * it.
   */
  private static final int RUNS_NO_QUICKER = 2;

  private WarmUp() {}

  /** One run of the work. */
  @FunctionalInterface
  public interface Run {
    /**
     * Does the work once.
     *
     * @param n number of the run, from 0, for work that cannot be done twice
     * @return how many seconds the run took
     */
    double seconds(int n) throws Exception;
  }

  /**
   * Runs the work until two runs in a row were no faster than the fastest run before and compiled
   * little, or until the time or the number of runs is used up.
   *
   * @param most how many runs there can be
   * @return seconds of all runs together
   */
  public static double of(int most, Run run) throws Exception {
    double all = 0;
    double quickest = Double.MAX_VALUE;
    int noQuicker = 0;
    for (int n = 0; n < most && all < MOST_SECONDS && noQuicker < RUNS_NO_QUICKER; n++) {
      long compiled = compilationMillis();
      double seconds = run.seconds(n);
      boolean compiles = compilationMillis() - compiled > COMPILING * 1e3 * seconds;
      all += seconds;
      noQuicker = compiles || seconds < QUICKER * quickest ? 0 : noQuicker + 1;
      quickest = Math.min(quickest, seconds);
    }
    return all;
  }

  /** The time of all compiler threads of this JVM together. */
  private static long compilationMillis() {
    var compilers = ManagementFactory.getCompilationMXBean();
    return compilers == null ? 0 : compilers.getTotalCompilationTime();
  }

  /** Runs the work with as many runs as fit into the time. */
  public static double of(Run run) throws Exception {
    return of(Integer.MAX_VALUE, run);
  }
}
