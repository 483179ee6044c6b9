package dev.bailiff.job.store;

import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.Lease;
import dev.bailiff.job.LeaseLostException;
import dev.bailiff.job.Progress;
import dev.bailiff.job.SegmentKey;
import dev.bailiff.job.SegmentStatus;
import dev.bailiff.job.store.GroupLeases.StageRecorded;
import dev.bailiff.job.store.SegmentLeases.Recorded;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes one batch of one lease, inside the transaction of its effect. */
final class BatchWriter {
  private static final String CHECKPOINT =
      """
      update jobs.segment
         set checkpoint = :checkpoint, range = coalesce(:adoptedRange, range), total = total + :total,
             done = done + :done, failed = failed + :failed, skipped = skipped + :skipped, attempts = 0, homeserver_waits = 0,
             lease_expires_at = clock_timestamp() + :leaseMillis * interval '1 millisecond'
       where job_id = :jobId and stage_n = :stage and segment_n = :segment and status = 'leased' and epoch = :epoch
      """;

  private static final String INSERT_PLANNED =
      """
      insert into jobs.segment (job_id, stage_n, segment_n, status, range, total)
      select :jobId, :stage, :first + p.n - 1, 'ready', p.range, p.items
        from unnest(:ranges, :items) with ordinality as p (range, items, n)
      """;

  private final Handle handle;
  private final LeaseConfig config;
  private final Lease lease;
  private final List<String> known;
  private final StageEnds ends;
  private final SegmentKey key;

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
  }

  /** Writes a batch and its consequences for the stage. */
  Recorded write(BatchRecord batch) {
    add(batch);
    return ends.write().stream().map(StageRecorded::recorded).findFirst().orElse(Recorded.GOES_ON);
  }

  /** Writes a batch. The consequences for the stage are only noted; they are written last. */
  void add(BatchRecord batch) {
    var end = batch.end();
    new BatchResults(handle, lease).store(batch);
    ends.tell(lease, batch);
    if (end instanceof End.Done) {
      ends.finish(lease, batch, known);
    } else {
      checkpoint(batch);
    }
    if (end instanceof End.Snoozed snoozed) {
      new LeaseReturn(handle, config).giveBack(lease, snoozed.delay(), 0, false, null);
    }
    if (end instanceof End.Failed failed) {
      ends.add(lease, endSegment(SegmentStatus.FAILED, failed.error()), known);
    }
    if (end instanceof End.JobFailed failed) {
      new JobStatusChanges(handle).fail(key.job(), failed.error());
      ends.add(lease, endSegment(SegmentStatus.FAILED, failed.error().text()), known);
    }
    plan(batch);
  }

  /** Rule 3. Renews the lease, too; a committed batch resets the attempts. */
  private void checkpoint(BatchRecord batch) {
    int changed =
        LeaseBinding.bind(handle.createUpdate(CHECKPOINT), lease)
            .bind("checkpoint", batch.checkpoint())
            .bind("adoptedRange", batch.adoptedRange())
            .bind("total", batch.adoptedItems())
            .bind("done", batch.done())
            .bind("failed", batch.failed())
            .bind("skipped", batch.skipped())
            .bind("leaseMillis", config.lease().toMillis())
            .execute();
    if (changed == 0) {
      throw new LeaseLostException(lease);
    }
  }

  private void plan(BatchRecord batch) {
    var planned = batch.planned();
    long items =
        batch.end() instanceof End.Done
            ? batch.plannedItems() - batch.adoptedItems()
            : batch.plannedItems();
    if (planned.isEmpty() && items <= 0) {
      return;
    }
    // The stage's row numbers the new segments, so this locks the row, a moment before the commit.
    int first = new StageCounters(handle).grow(StageKey.of(key), planned.size(), items);
    if (!planned.isEmpty()) {
      insertPlanned(first, planned);
      new SegmentWindow(handle, config).enqueue(key.job().value());
      ends.grown(key);
    }
  }

  /**
   * Stores segments behind those that the stage has; they stay outside the window until they are
   * let in.
   */
  private void insertPlanned(int first, List<BatchRecord.Planned> planned) {
    handle
        .createUpdate(INSERT_PLANNED)
        .bind("jobId", key.job().value())
        .bind("stage", key.stage())
        .bind("first", first)
        .bind("ranges", Column.of(planned, BatchRecord.Planned::range, String[]::new))
        .bind("items", Column.of(planned, BatchRecord.Planned::items, Long[]::new))
        .execute();
  }

  /** Ends the segment without a batch. */
  void end(SegmentStatus status, @Nullable String error) {
    var ended = endSegment(status, error);
    new StageCounters(handle).end(StageKey.of(key), SegmentSums.ofOne(0, ended));
  }

  private Progress endSegment(SegmentStatus status, @Nullable String error) {
    return new SegmentEnds(handle)
        .end(lease, status, error)
        .orElseThrow(() -> new LeaseLostException(lease));
  }
}
