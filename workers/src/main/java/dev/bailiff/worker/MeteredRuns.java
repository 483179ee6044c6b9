package dev.bailiff.worker;

import com.codahale.metrics.MetricRegistry;
import dev.bailiff.worker.run.RunListener;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * Records batch times as metrics, counts items, and has transitions sent at once when a job has
 * ended.
 */
record MeteredRuns(MetricRegistry metrics, LongAdder done, RunListener next, Runnable onJobEnded)
    implements RunListener {

  @Override
  public void batchCommitted(String kind, String stage, long items, Duration took) {
    metrics.timer("bailiff.batches." + kind + "." + stage).update(took);
    metrics.meter("bailiff.items." + kind).mark(items);
    done.add(items);
    next.batchCommitted(kind, stage, items, took);
  }

  @Override
  public void stageEnded(String kind, String stage) {
    next.stageEnded(kind, stage);
  }

  @Override
  public void jobEnded() {
    onJobEnded.run();
    next.jobEnded();
  }
}
