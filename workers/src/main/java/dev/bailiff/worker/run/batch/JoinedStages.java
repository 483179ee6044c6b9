package dev.bailiff.worker.run.batch;

import dev.bailiff.job.store.JobSettlement.Settlement;
import dev.bailiff.job.store.SegmentLeases;
import dev.bailiff.job.store.SegmentLeases.Recorded;
import dev.bailiff.worker.kind.WorkerKinds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Works a stage of one batch in the transaction that ended the stage before and took the lease. So
 * a job of one target needs no extra commit for such a stage. For one transaction.
 *
 * <p><b>Why a crash loses nothing and does nothing twice:</b> effect, checkpoint and end of both
 * stages are in one transaction. If the later stage fails, nothing of either stage is stored, and
 * the earlier stage is worked again without it.
 */
public final class JoinedStages implements Consumer<Recorded> {
  private final WorkerKinds kinds;
  private final SegmentLeases leases;
  private final BatchSizers sizers;
  private final WorkStopwatch stopwatch;
  private final List<Worked> worked = new ArrayList<>();

  public JoinedStages(
      WorkerKinds kinds, SegmentLeases leases, BatchSizers sizers, WorkStopwatch stopwatch) {
    this.kinds = kinds;
    this.leases = leases;
    this.sizers = sizers;
    this.stopwatch = stopwatch;
  }

  /**
   * A stage that was worked in this transaction.
   *
   * @param work its first segment, with its range
   * @param goesOn whether it has more to do
   */
  public record Worked(
      SegmentWork work, Recorded recorded, boolean goesOn, long items, Duration took) {}

  /** The stages that were worked in this transaction, in order. */
  public List<Worked> worked() {
    return List.copyOf(worked);
  }

  /**
   * Works the next stage. Called inside the transaction, and again if the transaction is tried
   * again.
   *
   * @throws JoinedStageFailedException if the stage cannot be worked here
   */
  @Override
  public void accept(Recorded before) {
    worked.clear();
    goOn(before);
  }

  private void goOn(Recorded before) {
    if (before.settled() instanceof Settlement.Leased leased) {
      var work = SegmentWork.of(kinds, leased.segment());
      if (work.joinsStageBefore()) {
        tryToWork(work);
      }
    }
  }

  private void tryToWork(SegmentWork work) {
    try {
      work(work);
    } catch (JoinedStageFailedException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new JoinedStageFailedException(e);
    }
  }

  private void work(SegmentWork work) {
    stopwatch.resume();
    long begin = System.nanoTime();
    var page = work.stage().plan(work.context(), null);
    var range = page.only();
    int size = sizers.of(work).size();
    if (range == null || range.items() > size || !page.failures().isEmpty()) {
      return;
    }
    var commit = SegmentCommit.ofNewLease(leases, work, stopwatch, this::goOn);
    commit.adopt(range);
    int place = worked.size();
    var outcome = work.stage().work(work.context(), range.value(), null, size, commit);
    // Later stages have been worked by now.
    worked.add(
        place,
        new Worked(
            work.at(range.value(), outcome.next()),
            commit.recorded(),
            outcome.goesOn(),
            outcome.items(),
            Duration.ofNanos(System.nanoTime() - begin)));
  }
}
