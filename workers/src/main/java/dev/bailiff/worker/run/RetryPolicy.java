package dev.bailiff.worker.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The wait before a failed segment is tried again. The wait doubles, with jitter, so that many
 * segments do not come back at once.
 */
final class RetryPolicy {
  private static final int MOST_DOUBLINGS = 8;

  private final Duration first;
  private final RandomGenerator random;

  RetryPolicy(Duration first, RandomGenerator random) {
    this.first = first;
    this.random = random;
  }

  /** A factor between 0.5 and 1, for a wait that the store doubles. */
  double jitter() {
    return (1 + random.nextDouble()) / 2;
  }

  /**
   * The wait after an attempt.
   *
   * @param attempt 1-based
   * @return between half the doubled wait and all of it
   */
  Duration delay(int attempt) {
    long whole = first.toMillis() << Math.min(MOST_DOUBLINGS, Math.max(0, attempt - 1));
    return Duration.ofMillis(whole / 2 + (long) (random.nextDouble() * whole / 2));
  }
}
