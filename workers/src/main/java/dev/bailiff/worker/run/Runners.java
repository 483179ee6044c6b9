package dev.bailiff.worker.run;

import dev.bailiff.worker.run.batch.BatchSizers;

/**
 * Makes the runners of a worker. The runners share the batch sizes that they have learned.
 * Thread-safe.
 */
public final class Runners {
  private final SegmentLeasing leasing;
  private final SegmentRunner alone;
  private final RunnerDependencies with;
  private final StoreRetry storeRetry;
  private final AfterCommit afterCommit;
  private final BatchSizers sizers;

  public Runners(RunnerDependencies with) {
    var leases = with.store().leases();
    var retries = new RetryPolicy(leases.config().retryBackoff(), with.jitter());
    this.storeRetry = new StoreRetry(with.config().storeWait(), retries);
    this.afterCommit = new AfterCommit(with);
    this.sizers = new BatchSizers(with.config().batchTarget());
    var heir = new OpenedStageTakeover(with.store(), with.publisher(), storeRetry, afterCommit);
    this.with = with;
    this.leasing = new SegmentLeasing(with, storeRetry, heir);
    var batches = new BatchWork(with, sizers, afterCommit);
    var giveBack = new SegmentReturn(leases, storeRetry, retries);
    this.alone =
        new SegmentRunner(
            with,
            leasing,
            new BatchTurns(with.store().rates(), sizers),
            () -> new BatchRun(batches, sizers, afterCommit, giveBack));
  }

  /**
   * A runner of the commands of a poll.
   *
   * @param shortSegments learns from the runs
   */
  public GroupRunner groups(ShortSegments shortSegments) {
    var together = new GroupBatch(with, sizers, storeRetry, afterCommit, shortSegments);
    return new GroupRunner(with, leasing, alone, together, shortSegments);
  }
}
