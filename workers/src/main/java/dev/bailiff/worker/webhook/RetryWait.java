package dev.bailiff.worker.webhook;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long a message waits for its next attempt. */
final class RetryWait {
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 20;

  private RetryWait() {}

  /**
   * 5 s after the first attempt, twice as long after each next one, one hour at most, and up to a
   * fifth more or less by chance: messages that failed together do not come back together.
   *
   * @param attempt counted from 1
   */
  static Duration after(int attempt) {
    long doubled = FIRST.toMillis() << Math.min(attempt - 1, MOST_DOUBLINGS);
    long wait = Math.min(doubled, LONGEST.toMillis());
    return Duration.ofMillis(
        wait - wait / 5 + ThreadLocalRandom.current().nextLong(2 * wait / 5 + 1));
  }
}
