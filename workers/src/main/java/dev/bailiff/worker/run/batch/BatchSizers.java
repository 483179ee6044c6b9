package dev.bailiff.worker.run.batch;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The batch sizes of each stage, as a worker has learned them. Thread-safe. */
public final class BatchSizers {
  private final Map<String, BatchSizer> byStage = new ConcurrentHashMap<>();
  private final Duration target;

  /**
   * @param target time a batch should take
   */
  public BatchSizers(Duration target) {
    this.target = target;
  }

  /** The sizer of the segment's stage. */
  public BatchSizer of(SegmentWork work) {
    return byStage.computeIfAbsent(
        work.kind() + "/" + work.stage().name(),
        name -> new BatchSizer(work.stage().batches(), target));
  }
}
