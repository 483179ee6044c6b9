package dev.bailiff.worker.run.batch;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.PaceWish;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.Snooze;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.BatchRecord.Finds;
import dev.bailiff.job.JobError;
import dev.bailiff.job.store.GroupCommit;
import dev.bailiff.job.store.SegmentLeases;
import dev.bailiff.job.store.SegmentLeases.Recorded;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageCommit;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Ties a batch to its lease. Keeps the result of recording the batch, for the work that has to
 * follow the commit. One batch, one thread.
 */
public final class SegmentCommit implements StageCommit {
  private final Runnable fence;
  private final Function<BatchRecord, Recorded> record;
  private final SegmentWork work;
  private final WorkStopwatch stopwatch;
  private final PaceWish pace;
  private @Nullable Range adopted;
  private @Nullable Recorded recorded;

  private SegmentCommit(
      Runnable fence,
      Function<BatchRecord, Recorded> record,
      SegmentWork work,
      WorkStopwatch stopwatch,
      PaceWish pace) {
    this.fence = fence;
    this.record = record;
    this.work = work;
    this.stopwatch = stopwatch;
    this.pace = pace;
  }

  /**
   * The commit of a batch that is committed alone.
   *
   * @param stopwatch pauses when the batch is recorded
   * @param behind works the next stage in the transaction of the batch
   */
  public static SegmentCommit alone(
      SegmentLeases leases, SegmentWork work, WorkStopwatch stopwatch, Consumer<Recorded> behind) {
    var lease = work.segment().lease();
    var known = work.stageNames();
    var fenced = new AtomicBoolean();
    return new SegmentCommit(
        () -> {
          leases.fence(lease);
          fenced.set(true);
        },
        batch ->
            fenced.get()
                ? leases.record(lease, batch, known, behind)
                : leases.fenceAndRecord(lease, batch, known, behind),
        work,
        stopwatch,
        work.segment().job().pace());
  }

  /**
   * The commit of a batch in the transaction that took the lease. No other process has seen the
   * segment, so the batch needs no fence.
   */
  static SegmentCommit ofNewLease(
      SegmentLeases leases, SegmentWork work, WorkStopwatch stopwatch, Consumer<Recorded> behind) {
    var lease = work.segment().lease();
    var known = work.stageNames();
    return new SegmentCommit(
        () -> {},
        batch -> leases.record(lease, batch, known, behind),
        work,
        stopwatch,
        PaceWish.UNPACED);
  }

  /**
   * The commit of a batch in a group. The group fences the batch and returns the work that follows.
   */
  public static SegmentCommit in(GroupCommit group, SegmentWork work, WorkStopwatch stopwatch) {
    var lease = work.segment().lease();
    var known = work.stageNames();
    return new SegmentCommit(
        () -> {},
        batch -> {
          group.record(lease, batch, known);
          return Recorded.GOES_ON;
        },
        work,
        stopwatch,
        PaceWish.UNPACED);
  }

  @Override
  public void fence() {
    fence.run();
  }

  /** A range that the batch would have taken over is stored, and begins at its start. */
  @Override
  public BatchOutcome postpone(Snooze snooze) {
    return record(BatchOutcome.snooze(adopted == null ? work.cursor() : null, snooze));
  }

  @Override
  public PaceWish pace() {
    return pace;
  }

  @Override
  public void paced(String speed) {
    work.noteSpeed(speed);
  }

  @Override
  public BatchOutcome record(BatchOutcome outcome) {
    return record(outcome, List.of());
  }

  @Override
  public BatchOutcome record(BatchOutcome outcome, List<Verdict> verdicts) {
    return record(end(outcome), outcome, verdicts, Finds.NONE, Counted.NONE);
  }

  @Override
  public BatchOutcome record(BatchOutcome outcome, Finds finds) {
    return record(end(outcome), outcome, List.of(), finds, Counted.NONE);
  }

  @Override
  public BatchOutcome record(BatchOutcome outcome, Counted counted) {
    return record(end(outcome), outcome, List.of(), Finds.NONE, counted);
  }

  @Override
  public BatchOutcome fail(JobError error) {
    return record(
        new End.JobFailed(error), BatchOutcome.of(0, 0, null), List.of(), Finds.NONE, Counted.NONE);
  }

  private BatchOutcome record(
      End end, BatchOutcome outcome, List<Verdict> verdicts, Finds finds, Counted counted) {
    write(
        new BatchRecord(
            end,
            text(outcome.next()),
            outcome.done(),
            outcome.skipped(),
            outcome.failures().size(),
            failures(outcome.failures()),
            outcome.listEntries(),
            outcome.facts(),
            List.of(),
            adopted == null ? null : adopted.value(),
            adopted == null ? 0 : adopted.items(),
            verdicts,
            finds,
            counted,
            BatchEffects.of(work.segment(), outcome)));
    return outcome;
  }

  /**
   * Has the batch store this range with it: the batch is the first of a segment that takes the
   * range over.
   */
  public void adopt(Range range) {
    adopted = range;
  }

  /** Stores a page of a plan in its own transaction: planning changes only our store. */
  public void recordPlan(Stage.PlanPage page, @Nullable Range taken) {
    var stored = taken == null ? page.segments() : List.<Range>of();
    long items = page.segments().stream().mapToLong(Range::items).sum();
    var end = page.next() != null || taken != null ? new End.GoesOn() : new End.Done();
    write(
        new BatchRecord(
            end,
            text(page.next()),
            0,
            0,
            0,
            failures(page.failures()),
            List.of(),
            List.of(),
            stored.stream()
                .map(range -> new BatchRecord.Planned(range.value(), range.items()))
                .toList(),
            taken == null ? null : taken.value(),
            items,
            List.of()));
  }

  /** Stores items as given up. */
  void recordGivenUp(Stage.Remaining given, JobError error, End end) {
    write(
        new BatchRecord(
            end,
            text(given.next()),
            0,
            0,
            given.items().stream().mapToLong(Stage.Item::count).sum(),
            given.items().stream()
                .map(
                    item ->
                        new BatchRecord.FailedItem(
                            item.target(),
                            item.name(),
                            error.code(),
                            error.text(),
                            item.failsTarget() ? error : null))
                .toList(),
            List.of(),
            List.of(),
            List.of(),
            null,
            0,
            List.of()));
  }

  /**
   * The consequences of the batch.
   *
   * @throws IllegalStateException if the stage recorded nothing and would lose its checkpoint
   */
  public Recorded recorded() {
    if (recorded == null) {
      throw new IllegalStateException("the batch recorded nothing");
    }
    return recorded;
  }

  private void write(BatchRecord batch) {
    stopwatch.pause();
    recorded = record.apply(batch);
  }

  private static End end(BatchOutcome outcome) {
    var snooze = outcome.snooze();
    if (snooze != null) {
      return new End.Snoozed(snooze.delay());
    }
    return outcome.next() == null ? new End.Done() : new End.GoesOn();
  }

  private static List<BatchRecord.FailedItem> failures(List<Failure> failures) {
    return failures.stream()
        .map(
            failure ->
                new BatchRecord.FailedItem(
                    failure.target(),
                    failure.item(),
                    failure.code(),
                    failure.text(),
                    failure.failsTarget()
                        ? new JobError(failure.status(), failure.code(), failure.text())
                        : null))
        .toList();
  }

  private static @Nullable String text(@Nullable Cursor cursor) {
    return cursor == null ? null : cursor.value();
  }
}
