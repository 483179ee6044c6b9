package dev.bailiff.job.store;

import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.Lease;
import dev.bailiff.job.LeaseLostException;
import dev.bailiff.job.Progress;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.SegmentKey;
import dev.bailiff.job.SegmentStatus;
import dev.bailiff.job.store.GroupLeases.StageRecorded;
import dev.bailiff.job.store.SegmentLeases.Recorded;
import dev.bailiff.schemas.command.SegmentCommand;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes one batch of one lease, inside the transaction of its effect. */
final class BatchWriter {
  private final Handle handle;
  private final LeaseConfig config;
  private final Lease lease;
  private final List<String> known;
  private final StageEnds ends;
  private final SegmentKey key;
  private final UUID job;

  /**
   * @param known names of the stages that the owner of the lease knows, in order
   */
  BatchWriter(Handle handle, LeaseConfig config, Lease lease, List<String> known) {
    this(handle, config, lease, known, new StageEnds(handle, config));
  }

  /**
   * @param known names of the stages that the owner of the lease knows, in order
   * @param ends collects the end of the segment; it is written when the transaction ends
   */
  BatchWriter(Handle handle, LeaseConfig config, Lease lease, List<String> known, StageEnds ends) {
    this.handle = handle;
    this.config = config;
    this.lease = lease;
    this.known = known;
    this.ends = ends;
    this.key = lease.key();
    this.job = key.job().value();
  }

  /** Writes a batch and its consequences for the stage. */
  Recorded write(BatchRecord batch) {
    add(batch);
    return ends.write().stream().map(StageRecorded::recorded).findFirst().orElse(Recorded.GOES_ON);
  }

  /** Writes a batch. The consequences for the stage are only noted; they are written last. */
  void add(BatchRecord batch) {
    var end = batch.end();
    writeReply(batch);
    if (end instanceof End.Done) {
      ends.finish(lease, batch, known);
    } else {
      checkpoint(batch);
    }
    if (end instanceof End.Snoozed snoozed) {
      snooze(snoozed.delay());
    }
    if (end instanceof End.Failed failed) {
      ends.add(lease, endSegment(SegmentStatus.FAILED, failed.error()), known);
    }
    var planned = batch.planned();
    long plannedItems =
        end instanceof End.Done
            ? batch.plannedItems() - batch.adoptedItems()
            : batch.plannedItems();
    if (!planned.isEmpty() || plannedItems > 0) {
      // The stage's row numbers the new segments, so this locks the row, a moment before the
      // commit.
      int first =
          handle.attach(StageDao.class).grow(job, key.stage(), planned.size(), plannedItems);
      if (!planned.isEmpty()) {
        handle
            .attach(SegmentDao.class)
            .insert(
                job,
                key.stage(),
                first,
                texts(planned, BatchRecord.Planned::range),
                Column.of(planned, BatchRecord.Planned::items, Long[]::new));
        ends.grown(key);
      }
    }
  }

  /** Ends the segment without a batch. */
  void end(SegmentStatus status, @Nullable String error) {
    var ended = endSegment(status, error);
    handle
        .attach(StageDao.class)
        .end(job, key.stage(), 1, 0, ended.done(), ended.failed(), ended.skipped());
  }

  private Progress endSegment(SegmentStatus status, @Nullable String error) {
    return handle
        .attach(SegmentDao.class)
        .end(job, key.stage(), key.segment(), lease.epoch(), status.word(), error)
        .orElseThrow(() -> new LeaseLostException(lease));
  }

  private void snooze(Duration delay) {
    handle
        .attach(SegmentDao.class)
        .giveBack(
            job,
            key.stage(),
            key.segment(),
            lease.epoch(),
            config.atMost(delay).toMillis(),
            0,
            false,
            null);
  }

  private void checkpoint(BatchRecord batch) {
    int changed =
        handle
            .attach(SegmentDao.class)
            .checkpoint(
                job,
                key.stage(),
                key.segment(),
                lease.epoch(),
                batch.checkpoint(),
                batch.adoptedRange(),
                batch.adoptedItems(),
                batch.done(),
                batch.failed(),
                batch.skipped(),
                config.lease().toMillis());
    if (changed == 0) {
      throw new LeaseLostException(lease);
    }
  }

  private void writeReply(BatchRecord batch) {
    var targets = handle.attach(TargetDao.class);
    var failures = batch.failures();
    if (!failures.isEmpty()) {
      targets.addFailures(
          job,
          key.stage(),
          key.segment(),
          lease.attempt(),
          array(failures, BatchRecord.FailedItem::target),
          texts(failures, BatchRecord.FailedItem::item),
          texts(failures, BatchRecord.FailedItem::code),
          texts(failures, BatchRecord.FailedItem::text));
      var lost = failures.stream().filter(failure -> failure.targetError() != null).toList();
      if (!lost.isEmpty()) {
        targets.fail(
            job,
            array(lost, BatchRecord.FailedItem::target),
            array(
                lost,
                failure -> failure.targetError() == null ? 500 : failure.targetError().status()),
            texts(lost, BatchRecord.FailedItem::code),
            texts(lost, BatchRecord.FailedItem::text));
      }
    }
    var facts = batch.facts();
    if (!facts.isEmpty()) {
      targets.addFacts(
          job, array(facts, Fact::target), texts(facts, Fact::key), texts(facts, Fact::value));
    }
    var entries = batch.listEntries();
    if (!entries.isEmpty()) {
      targets.addReplyItems(
          job,
          array(entries, ListEntry::target),
          texts(entries, ListEntry::list),
          texts(entries, ListEntry::item));
    }
    var verdicts = batch.verdicts();
    if (!verdicts.isEmpty()) {
      targets.storeVerdicts(
          job,
          array(verdicts, Verdict::target),
          texts(verdicts, verdict -> String.join("\n", verdict.leftOver())));
    }
  }

  static PublishableCommand command(SegmentDao.CommandRow row) {
    return new PublishableCommand(
        new SegmentCommand(
            SegmentCommand.VERSION,
            row.jobId(),
            row.kind(),
            row.stageN(),
            row.segmentN(),
            row.epoch(),
            null),
        row.express());
  }

  private static <T> Integer[] array(List<T> values, Function<T, Integer> part) {
    return Column.of(values, part, Integer[]::new);
  }

  private static <T> String[] texts(List<T> values, Function<T, String> part) {
    return Column.of(values, part, String[]::new);
  }
}
