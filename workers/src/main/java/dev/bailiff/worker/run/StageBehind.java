package dev.bailiff.worker.run;

import dev.bailiff.job.Segment;
import dev.bailiff.job.store.JobSettlement.Settlement;
import dev.bailiff.job.store.SegmentLeases;
import dev.bailiff.job.store.SegmentLeases.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Works a stage of one batch in the transaction that ended the stage before and took the lease: a
 * job of one target needs no commit for such a stage. Of one transaction.
 *
 * <p><b>Why a crash loses nothing and does nothing twice:</b> effect, checkpoint and end of both
 * stages are in one transaction. If the stage behind fails, nothing of either is stored, and the
 * stage before is worked again without it.
 */
final class StageBehind implements Consumer<Recorded> {
  private final Kinds kinds;
  private final SegmentLeases leases;
  private final ToIntFunction<Segment> batchSize;
  private final WorkTime time;
  private final List<Worked> worked = new ArrayList<>();

  StageBehind(Kinds kinds, SegmentLeases leases, ToIntFunction<Segment> batchSize, WorkTime time) {
    this.kinds = kinds;
    this.leases = leases;
    this.batchSize = batchSize;
    this.time = time;
  }

  /**
   * A stage that was worked so.
   *
   * @param segment its first one, with its range
   * @param goesOn whether it has more to do
   */
  record Worked(Segment segment, Recorded recorded, boolean goesOn, long items, Duration took) {}

  /** Stages that were worked so, in order. */
  List<Worked> worked() {
    return List.copyOf(worked);
  }

  /**
   * Called in the transaction, again if that is tried again.
   *
   * @throws StageBehindFailedException if it cannot be worked here
   */
  @Override
  public void accept(Recorded before) {
    worked.clear();
    goOn(before);
  }

  private void goOn(Recorded before) {
    if (before.settled() instanceof Settlement.Leased leased && kinds.joins(leased.segment())) {
      try {
        work(leased.segment());
      } catch (StageBehindFailedException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new StageBehindFailedException(e);
      }
    }
  }

  private void work(Segment segment) {
    time.resume();
    long begin = System.nanoTime();
    var stage = kinds.stage(segment);
    var context = kinds.context(segment);
    var page = stage.plan(context, null);
    var range = page.only();
    int size = batchSize.applyAsInt(segment);
    if (range == null || range.items() > size || !page.failures().isEmpty()) {
      return;
    }
    var commit =
        SegmentCommit.ofNewLease(
            leases, segment.lease(), kinds.stageNames(segment), time, this::goOn);
    commit.adopt(range);
    int place = worked.size();
    var outcome = stage.work(kinds.context(segment), range.value(), null, size, commit);
    var next = outcome.next();
    // Stages behind this one have been worked by now.
    worked.add(
        place,
        new Worked(
            segment.at(range.value(), next == null ? null : next.value()),
            commit.recorded(),
            outcome.goesOn(),
            outcome.items(),
            Duration.ofNanos(System.nanoTime() - begin)));
  }
}
