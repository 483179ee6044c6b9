package dev.bailiff.worker.run;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStoreException;
import dev.bailiff.job.Segment;
import dev.bailiff.job.store.GroupCommit;
import dev.bailiff.job.store.GroupLeases.StageRecorded;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.StoreCalls;
import dev.bailiff.worker.run.batch.BatchSizers;
import dev.bailiff.worker.run.batch.SegmentAbandonment;
import dev.bailiff.worker.run.batch.SegmentCommit;
import dev.bailiff.worker.run.batch.SegmentWork;
import dev.bailiff.worker.run.batch.WorkStopwatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works one batch of each of several segments and commits the batches together.
 *
 * <p><b>Why a crash loses nothing and does nothing twice:</b> each segment has its own lease, and
 * its effect and checkpoint are in the group's transaction. If the transaction fails, or its answer
 * is lost, each segment is read again and worked alone from its place in the store.
 */
final class GroupBatch {
  private static final Logger LOG = LoggerFactory.getLogger(GroupBatch.class);

  private final JobStore store;
  private final RunListener listener;
  private final BatchSizers sizers;
  private final StoreRetry storeRetry;
  private final SegmentAbandonment abandonment;
  private final AfterCommit afterCommit;
  private final ShortSegments shortSegments;

  GroupBatch(
      RunnerDependencies with,
      BatchSizers sizers,
      StoreRetry storeRetry,
      AfterCommit afterCommit,
      ShortSegments shortSegments) {
    this.store = with.store();
    this.listener = with.listener();
    this.sizers = sizers;
    this.storeRetry = storeRetry;
    this.abandonment = new SegmentAbandonment(store.leases());
    this.afterCommit = afterCommit;
    this.shortSegments = shortSegments;
  }

  /**
   * Works a batch of each segment that can share a transaction.
   *
   * @param open notes the work after the commit whose outcome is unknown
   * @return the segments that are left to be worked alone
   */
  List<SegmentWork> work(List<SegmentWork> leased, StillOpen open) {
    var group = leased.stream().filter(this::isGrouped).toList();
    if (group.size() < 2) {
      return leased;
    }
    var rest = new ArrayList<>(leased);
    rest.removeAll(group);
    long began = System.nanoTime();
    var stopwatch = new WorkStopwatch();
    Map<SegmentWork, BatchOutcome> outcomes = new LinkedHashMap<>();
    List<StageRecorded> recorded;
    try {
      recorded = StoreCalls.call(() -> commit(group, stopwatch, outcomes));
    } catch (RuntimeException e) {
      LOG.info("a group of {} is worked one by one: {}", group.size(), e.toString());
      var ours = readAgain(group);
      if (e instanceof JobStoreException && ours.size() < group.size()) {
        // The group was committed, and the answer was lost. This worker does not know which work
        // has to follow.
        throw new CommandOpenException("what became of a group is not known", false, e);
      }
      rest.addAll(ours);
      return rest;
    }
    outcomes.forEach((work, outcome) -> addIfItGoesOn(work, outcome, rest));
    shortSegments.learn(group.get(0).kind(), outcomes.size(), stopwatch.total());
    report(outcomes, began);
    recorded.forEach(stage -> open.unless(() -> proceed(group, stage).ifPresent(rest::add)));
    return rest;
  }

  private Optional<SegmentWork> proceed(List<SegmentWork> group, StageRecorded stage) {
    return afterCommit.proceed(anyOf(group, stage.job(), stage.stage()), stage.recorded());
  }

  private boolean isGrouped(SegmentWork work) {
    return work.segment().range() != null
        && !abandonment.isDue(work.segment())
        && work.segment().job().maxRate() == null
        && work.groupsCommits();
  }

  private List<StageRecorded> commit(
      List<SegmentWork> group, WorkStopwatch stopwatch, Map<SegmentWork, BatchOutcome> outcomes) {
    return store
        .groups()
        .commit(
            group.stream().map(next -> next.segment().lease()).toList(),
            commit -> group.forEach(next -> outcomes.put(next, batch(next, commit, stopwatch))));
  }

  private BatchOutcome batch(SegmentWork work, GroupCommit group, WorkStopwatch stopwatch) {
    stopwatch.resume();
    var commit = SegmentCommit.in(group, work, stopwatch);
    var range = work.segment().range();
    var outcome =
        work.stage()
            .work(
                work.context(),
                range == null ? "" : range,
                work.cursor(),
                sizers.of(work).size(),
                commit);
    commit.recorded();
    return outcome;
  }

  private static void addIfItGoesOn(
      SegmentWork work, BatchOutcome outcome, List<SegmentWork> rest) {
    if (outcome.goesOn()) {
      rest.add(work.at(work.segment().range(), outcome.next()).withClearedAttempts());
    }
  }

  private void report(Map<SegmentWork, BatchOutcome> outcomes, long began) {
    var each = Duration.ofNanos((System.nanoTime() - began) / outcomes.size());
    outcomes.forEach(
        (work, outcome) ->
            listener.batchCommitted(work.kind(), work.stage().name(), outcome.items(), each));
  }

  private List<SegmentWork> readAgain(List<SegmentWork> group) {
    return group.stream()
        .flatMap(
            work ->
                storeRetry
                    .call(() -> store.leases().reread(work.segment()))
                    .map(work::with)
                    .stream())
        .toList();
  }

  private static Segment anyOf(List<SegmentWork> group, JobId job, int stage) {
    return group.stream()
        .map(SegmentWork::segment)
        .filter(segment -> segment.lease().key().job().equals(job))
        .filter(segment -> segment.lease().key().stage() == stage)
        .findFirst()
        .orElseThrow();
  }
}
