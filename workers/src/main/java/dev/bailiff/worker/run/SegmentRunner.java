package dev.bailiff.worker.run;

import dev.bailiff.job.JobStoreException;
import dev.bailiff.job.store.StoreCalls;
import dev.bailiff.worker.run.batch.SegmentWork;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works a leased segment batch after batch. After about two seconds gives the segment back, so that
 * other segments have their turn. Settles a stage that ends, and works a small job's next stage in
 * the same run.
 *
 * <p>Nothing that follows a commit here is needed for safety. If this process does not get to
 * publish, settle or give back, the classes in {@code worker.maintain} do it from the store.
 * Thread-safe; one run a thread.
 */
final class SegmentRunner {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentRunner.class);
  private static final Duration PROGRESS_PAUSE = Duration.ofMillis(500);

  private final ProgressPublisher progress;
  private final SegmentLeasing leasing;
  private final BatchTurns turns;
  private final Supplier<BatchRun> batchRuns;

  /**
   * @param turns keep the batches to the rate of their job
   * @param batchRuns makes a {@link BatchRun} for each run
   */
  SegmentRunner(
      RunnerDependencies with,
      SegmentLeasing leasing,
      BatchTurns turns,
      Supplier<BatchRun> batchRuns) {
    this.progress = with.progress();
    this.leasing = leasing;
    this.turns = turns;
    this.batchRuns = batchRuns;
  }

  /**
   * Works a segment that is leased already.
   *
   * @param draining whether this worker is to stop
   * @param yieldAfter after this time the segment is given back
   * @return the time that went into its work
   * @throws CommandOpenException if a lease may be left behind, so that the command must not be
   *     accepted
   */
  Duration run(SegmentWork leased, BooleanSupplier draining, Duration yieldAfter) {
    long end = System.nanoTime() + yieldAfter.toNanos();
    long publishedAt = System.nanoTime();
    var batches = batchRuns.get();
    var current = Optional.of(leased);
    while (current.isPresent()) {
      var work = current.get();
      if (draining.getAsBoolean() || System.nanoTime() > end) {
        leasing.giveBack(work.segment());
        return batches.workTime();
      }
      if (!turns.take(work)) {
        continue;
      }
      current = batches.runBatch(work, turns.most(work));
      if (System.nanoTime() - publishedAt > PROGRESS_PAUSE.toNanos()) {
        publishProgress(work);
        publishedAt = System.nanoTime();
      }
    }
    return batches.workTime();
  }

  private void publishProgress(SegmentWork work) {
    try {
      StoreCalls.run(() -> progress.batchCommitted(work.segment(), work.speed()));
    } catch (JobStoreException e) {
      LOG.debug("progress not published: {}", e.toString());
    }
  }
}
