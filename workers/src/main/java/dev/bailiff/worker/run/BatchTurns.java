package dev.bailiff.worker.run;

import dev.bailiff.job.store.RateTurns;
import dev.bailiff.schemas.kind.KindContract;
import dev.bailiff.worker.kind.VerifyStage;
import dev.bailiff.worker.run.batch.BatchSizers;
import dev.bailiff.worker.run.batch.SegmentWork;
import java.time.Duration;

/**
 * Keeps the batches of a job to the rate that its client allows. A batch is as large as half a
 * second of that rate, so that the job goes on evenly. Stages that change nothing have no bound.
 * Thread-safe.
 */
final class BatchTurns {
  private static final double SECONDS_A_BATCH = 0.5;

  /** The slot looks at its other duties so often while it waits. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(200);

  private final RateTurns rates;
  private final BatchSizers sizers;

  BatchTurns(RateTurns rates, BatchSizers sizers) {
    this.rates = rates;
    this.sizers = sizers;
  }

  /** Items that the next batch may have. */
  int most(SegmentWork work) {
    var rate = work.segment().job().maxRate();
    return rate == null || changesNothing(work)
        ? Integer.MAX_VALUE
        : Math.max(1, (int) (rate * SECONDS_A_BATCH));
  }

  /**
   * Takes the turn of the next batch.
   *
   * @return false if the batch has to wait; then this call has waited for a part of that time
   */
  boolean take(SegmentWork work) {
    var rate = work.segment().job().maxRate();
    if (rate == null || changesNothing(work)) {
      return true;
    }
    var wait = rates.take(work.segment().job().id(), Duration.ofMillis(1000 * items(work) / rate));
    if (wait.isZero()) {
      return true;
    }
    sleep(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    return false;
  }

  private long items(SegmentWork work) {
    long items = Math.min(most(work), sizers.of(work).size());
    return work.segment().range() == null
        ? items
        : Math.max(1, Math.min(work.segment().total(), items));
  }

  private static boolean changesNothing(SegmentWork work) {
    return KindContract.PREPARING.contains(work.stage().name())
        || work.stage() instanceof VerifyStage;
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
