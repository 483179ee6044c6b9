package dev.bailiff.worker.run;

import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.SegmentLeases.Recorded;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.WorkerKinds;
import dev.bailiff.worker.run.batch.BadItemSearch;
import dev.bailiff.worker.run.batch.BatchSizers;
import dev.bailiff.worker.run.batch.JoinedStages;
import dev.bailiff.worker.run.batch.JoinedStages.Worked;
import dev.bailiff.worker.run.batch.SegmentAbandonment;
import dev.bailiff.worker.run.batch.SegmentCommit;
import dev.bailiff.worker.run.batch.SegmentWork;
import dev.bailiff.worker.run.batch.WorkStopwatch;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works the next batch of a segment, commits it, and does the work that follows the commit. Plans a
 * segment without a range; gives up a segment without attempts. Thread-safe.
 */
final class BatchWork {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWork.class);
  private static final Consumer<Recorded> NOTHING_BEHIND = recorded -> {};

  private final JobStore store;
  private final WorkerKinds kinds;
  private final CommandPublisher publisher;
  private final RunListener listener;
  private final BatchSizers sizers;
  private final SegmentAbandonment abandonment;
  private final AfterCommit afterCommit;

  BatchWork(RunnerDependencies with, BatchSizers sizers, AfterCommit afterCommit) {
    this.store = with.store();
    this.kinds = with.kinds();
    this.publisher = with.publisher();
    this.listener = with.listener();
    this.sizers = sizers;
    this.abandonment = new SegmentAbandonment(store.leases());
    this.afterCommit = afterCommit;
  }

  /**
   * Works one batch.
   *
   * @param size largest number of items of the batch
   * @param search state of this run's search for a refused item
   * @return the work that the run goes on with; empty if the run is over
   */
  Optional<SegmentWork> workBatch(
      SegmentWork work, int size, BadItemSearch search, WorkStopwatch stopwatch) {
    // An earlier attempt failed, or there will be no other.
    boolean careful =
        work.segment().lease().attempt() > 1 || store.leases().config().maxAttempts() == 1;
    if (careful) {
      // The next stage may have killed its worker.
      search.stageByStage();
    }
    var behind = new JoinedStages(kinds, store.leases(), sizers, stopwatch);
    var commit =
        SegmentCommit.alone(
            store.leases(), work, stopwatch, search.isStageByStage() ? NOTHING_BEHIND : behind);
    if (abandonment.isDue(work.segment())) {
      return giveUpPage(work, commit);
    }
    var range = work.segment().range();
    if (range != null) {
      return workRange(work, range, size, commit, behind);
    }
    var context = work.context();
    var page = work.stage().plan(context, work.cursor());
    var adopted = adopted(work, page);
    boolean late = context.deadline().isOver();
    if (adopted == null || !page.failures().isEmpty() || search.plansFirst() || careful || late) {
      return recordPlan(work, page, adopted, commit, behind);
    }
    // One commit stores the plan and the first batch. If the batch fails, the segment is planned
    // again, and the plan is committed first: items can be listed as given up only by the segment's
    // range.
    commit.adopt(adopted);
    return workRange(work, adopted.value(), size, commit, behind);
  }

  private Optional<SegmentWork> workRange(
      SegmentWork work, String range, int size, SegmentCommit commit, JoinedStages behind) {
    var sizer = sizers.of(work);
    long begin = System.nanoTime();
    var outcome = work.stage().work(work.context(), range, work.cursor(), size, commit);
    var took = Duration.ofNanos(System.nanoTime() - begin);
    long items = outcome.items();
    if (size == sizer.size()) {
      sizer.learn(items, took);
    }
    listener.batchCommitted(work.kind(), work.stage().name(), items, took);
    return proceed(work.at(range, outcome.next()), commit.recorded(), outcome.goesOn(), behind);
  }

  private Optional<SegmentWork> recordPlan(
      SegmentWork work,
      Stage.PlanPage page,
      @Nullable Range adopted,
      SegmentCommit commit,
      JoinedStages behind) {
    commit.recordPlan(page, adopted);
    var next = adopted == null ? work.at(null, page.next()) : work.at(adopted.value(), null);
    return proceed(next, commit.recorded(), page.next() != null || adopted != null, behind);
  }

  /**
   * The range of a stage that fits one segment: the segment that planned the stage also works it.
   */
  private static @Nullable Range adopted(SegmentWork work, Stage.PlanPage page) {
    return work.cursor() == null ? page.only() : null;
  }

  /** Does the work that follows a committed batch and the stages that were worked with it. */
  private Optional<SegmentWork> proceed(
      SegmentWork work, Recorded recorded, boolean goesOn, JoinedStages behind) {
    var last = new Worked(work, recorded, goesOn, 0, Duration.ZERO);
    for (var worked : behind.worked()) {
      afterCommit.ended(last.work().segment(), last.recorded());
      listener.batchCommitted(
          work.kind(), worked.work().stage().name(), worked.items(), worked.took());
      last = worked;
    }
    return afterCommit.proceed(last.work(), last.recorded(), last.goesOn());
  }

  /**
   * Lists the next item as failed, because the homeserver refuses it.
   *
   * @return the work that the run goes on with; empty if the run is over
   */
  Optional<SegmentWork> giveUpItem(SegmentWork work, Exception cause, WorkStopwatch stopwatch) {
    var commit = SegmentCommit.alone(store.leases(), work, stopwatch, NOTHING_BEHIND);
    var next = abandonment.one(work, commit, cause);
    return afterCommit.proceed(
        work.at(work.segment().range(), next), commit.recorded(), next != null);
  }

  private Optional<SegmentWork> giveUpPage(SegmentWork work, SegmentCommit commit) {
    var next = abandonment.page(work, commit);
    var key = work.segment().lease().key();
    LOG.warn("segment given up job={} stage={} segment={}", key.job(), key.stage(), key.segment());
    if (next == null) {
      return afterCommit.proceed(work, commit.recorded(), false);
    }
    // The lease in our hands keeps its attempts above the bound, so that the next page is given up
    // as well.
    publisher.publish(commit.recorded().released());
    return Optional.of(work.at(work.segment().range(), next));
  }
}
