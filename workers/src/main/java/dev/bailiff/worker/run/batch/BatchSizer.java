package dev.bailiff.worker.run.batch;

import dev.bailiff.worker.kind.Stage;
import java.time.Duration;

/**
 * Learns how many items the next batch of a stage takes, so that the batch lasts about as long as
 * wanted. All slots of a worker that work on the stage share one sizer. Thread-safe.
 */
public final class BatchSizer {
  private final Stage.Batches bounds;
  private final Duration target;
  private int size;

  BatchSizer(Stage.Batches bounds, Duration target) {
    this.bounds = bounds;
    this.target = target;
    this.size = bounds.initial();
  }

  public synchronized int size() {
    return size;
  }

  /** Learns from a batch: the size at most doubles at a time, and shrinks at once. */
  public synchronized void learn(long items, Duration took) {
    if (items < size / 2) {
      return; // A batch that was not full says nothing about full ones.
    }
    double fits = size * (double) target.toNanos() / Math.max(1, took.toNanos());
    size = (int) Math.max(1, Math.min(bounds.most(), Math.min(size * 2.0, fits)));
  }

  /** Shrinks the size to a quarter, because a batch took too long to end at all. */
  public synchronized void shrink() {
    size = Math.max(1, size / 4);
  }
}
