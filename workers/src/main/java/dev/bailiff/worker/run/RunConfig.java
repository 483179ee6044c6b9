package dev.bailiff.worker.run;

import java.time.Duration;

/**
 * Time limits of a run.
 *
 * @param batchTarget time a batch should take; the size of batches adapts
 * @param yieldAfter after this time a run ends and its segment goes back to the queue, so that
 *     other segments have their turn
 * @param storeWait how long a run waits for an unreachable store before it leaves the command to a
 *     worker that reaches the store
 * @param groupTime how long the segments of one poll are worked one after the other; segments that
 *     have not begun by then go back to the queue
 */
public record RunConfig(
    Duration batchTarget, Duration yieldAfter, Duration storeWait, Duration groupTime) {

  /** Production values. */
  public static final RunConfig DEFAULT =
      new RunConfig(
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofMillis(200));
}
