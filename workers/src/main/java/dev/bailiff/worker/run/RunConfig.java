package dev.bailiff.worker.run;

import java.time.Duration;

/**
 * How long things are done in one go.
 *
 * @param batchTarget time a batch should take; its size adapts
 * @param yieldAfter after this a run ends and its segment goes back to the queue, so that others
 *     have their turn
 * @param storeWait how long an unreachable store is waited for before the command is left to a
 *     worker that reaches it
 * @param groupTime for how long segments of one poll are worked one after the other; those not
 *     begun by then go back to the queue
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
