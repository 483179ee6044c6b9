package dev.bailiff.worker.run;

import dev.bailiff.job.JobStoreException;
import dev.bailiff.job.store.GroupLeases.Delivered;
import dev.bailiff.job.store.StoreCalls;
import dev.bailiff.worker.kind.WorkerKinds;
import dev.bailiff.worker.run.batch.SegmentWork;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * Works the commands of one poll. One command is worked as in {@link SegmentRunner}. Several
 * commands come only while segments are short; they share one lease statement and, where their
 * stages allow it, one commit.
 *
 * <p><b>Why a crash loses nothing and does nothing twice:</b> each segment has its own lease.
 * {@link GroupBatch} commits effects and checkpoints of a group together, and {@link SegmentRunner}
 * commits those of each remaining segment.
 *
 * <p>Thread-safe; one poll a thread.
 */
public final class GroupRunner {
  private final WorkerKinds kinds;
  private final RunConfig config;
  private final SegmentLeasing leasing;
  private final SegmentRunner runner;
  private final GroupBatch groupBatch;
  private final ShortSegments shortSegments;

  GroupRunner(
      RunnerDependencies with,
      SegmentLeasing leasing,
      SegmentRunner runner,
      GroupBatch groupBatch,
      ShortSegments shortSegments) {
    this.kinds = with.kinds();
    this.config = with.config();
    this.leasing = leasing;
    this.runner = runner;
    this.groupBatch = groupBatch;
    this.shortSegments = shortSegments;
  }

  /**
   * Works the segments that the commands point to; returns when all commands may be accepted.
   *
   * @param draining whether this worker is to stop
   * @throws CommandOpenException if the commands must not be accepted: a lease may be left that
   *     this worker does not know of; the next delivery takes it over
   */
  public void run(List<Delivered> commands, BooleanSupplier draining) {
    if (commands.isEmpty()) {
      return;
    }
    try {
      StoreCalls.run(() -> workCommands(commands, draining));
    } catch (JobStoreException e) {
      throw new CommandOpenException("the store did not answer: " + e.getMessage(), false, e);
    }
  }

  private void workCommands(List<Delivered> commands, BooleanSupplier draining) {
    var open = new StillOpen();
    var leased =
        leasing.lease(commands, draining, open).stream()
            .map(segment -> SegmentWork.of(kinds, segment))
            .toList();
    workSegments(leased, draining, open);
    open.throwIfAny();
  }

  private void workSegments(List<SegmentWork> leased, BooleanSupplier draining, StillOpen open) {
    if (leased.size() == 1) {
      alone(leased.get(0), draining, config.yieldAfter(), open);
      return;
    }
    var suspect = leased.stream().filter(GroupRunner::isSuspect).findFirst();
    if (suspect.isPresent()) {
      // A segment that was tried before may kill its worker. It would then use up the attempts of
      // all segments that are leased with it.
      giveBack(leased.stream().filter(next -> next != suspect.get()).toList(), open);
      alone(suspect.get(), draining, config.yieldAfter(), open);
      return;
    }
    long end = System.nanoTime() + config.groupTime().toNanos();
    Queue<SegmentWork> rest = new ArrayDeque<>(groupBatch.work(leased, open));
    while (!rest.isEmpty()) {
      if (draining.getAsBoolean() || System.nanoTime() > end) {
        giveBack(rest, open);
        return;
      }
      var next = rest.remove();
      alone(next, draining, rest.isEmpty() ? config.yieldAfter() : config.groupTime(), open);
    }
  }

  private static boolean isSuspect(SegmentWork work) {
    return work.segment().lease().attempt() > 1;
  }

  private void giveBack(Collection<SegmentWork> unbegun, StillOpen open) {
    open.unless(() -> leasing.giveBack(unbegun.stream().map(SegmentWork::segment).toList()));
  }

  private void alone(
      SegmentWork work, BooleanSupplier draining, Duration giveBackAfter, StillOpen open) {
    open.unless(
        () -> {
          var time = runner.run(work, draining, giveBackAfter);
          shortSegments.learn(work.kind(), 1, time);
        });
  }
}
