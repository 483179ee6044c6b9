package dev.bailiff.job.store;

import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.Lease;
import dev.bailiff.job.Progress;
import dev.bailiff.job.SegmentKey;
import dev.bailiff.job.SegmentStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Ends segments and returns their counters, which their stage takes over. */
final class SegmentEnds {
  private static final String FINISH_ONE =
      """
      update jobs.segment
         set status = 'done', finalized_at = clock_timestamp(), lease_owner = null, lease_expires_at = null,
             checkpoint = :checkpoint, range = coalesce(:adoptedRange, range),
             total = greatest(total + :total, done + :done + failed + :failed + skipped + :skipped),
             done = done + :done, failed = failed + :failed,
             skipped = greatest(skipped + :skipped, total + :total - (done + :done + failed + :failed)),
             attempts = 0
       where job_id = :jobId and stage_n = :stage and segment_n = :segment and status = 'leased' and epoch = :epoch
      returning total, done, failed, skipped,
                (select g.segments from jobs.stage g where g.job_id = :jobId and g.stage_n = :stage) as segments
      """;

  private static final String FINISH =
      """
      update jobs.segment s
         set status = 'done', finalized_at = clock_timestamp(), lease_owner = null, lease_expires_at = null,
             checkpoint = b.checkpoint, range = coalesce(b.adopted_range, s.range),
             total = greatest(s.total + b.total, s.done + b.done + s.failed + b.failed + s.skipped + b.skipped),
             done = s.done + b.done, failed = s.failed + b.failed,
             skipped = greatest(s.skipped + b.skipped, s.total + b.total - (s.done + b.done + s.failed + b.failed)),
             attempts = 0
        from unnest(:jobs::uuid[], :stages::int[], :segments::int[], :epochs::int[], :checkpoints::text[],
                    :adoptedRanges::text[], :totals::bigint[], :done::bigint[], :failed::bigint[], :skipped::bigint[])
               as b (job_id, stage_n, segment_n, epoch, checkpoint, adopted_range, total, done, failed, skipped)
       where s.job_id = b.job_id and s.stage_n = b.stage_n and s.segment_n = b.segment_n
         and s.status = 'leased' and s.epoch = b.epoch
      returning s.job_id, s.stage_n, s.segment_n, s.total, s.done, s.failed, s.skipped
      """;

  private static final String END =
      """
      update jobs.segment
         set status = :status, finalized_at = clock_timestamp(), lease_owner = null, lease_expires_at = null,
             failed = case when :status = 'failed' then greatest(failed, total - done - skipped) else failed end,
             last_error = coalesce(left(:error, 2000), last_error)
       where job_id = :jobId and stage_n = :stage and segment_n = :segment and status = 'leased' and epoch = :epoch
      returning total, done, failed, skipped
      """;

  private static final String CANCEL_READY =
      """
      with cancelled as (
        update jobs.segment
           set status = 'cancelled', finalized_at = clock_timestamp()
         where job_id = :jobId and stage_n = :stage and status = 'ready'
        returning done, failed, skipped)
      select count(*) as segments, coalesce(sum(done), 0)::bigint as done, coalesce(sum(failed), 0)::bigint as failed,
             coalesce(sum(skipped), 0)::bigint as skipped
        from cancelled
      """;

  private final Handle handle;

  SegmentEnds(Handle handle) {
    this.handle = handle;
  }

  /** The last batch of a segment that is done. */
  record LastBatch(Lease lease, BatchRecord batch) {}

  /**
   * A segment that is done.
   *
   * @param segments number of segments of its stage
   */
  record FinishedOne(Progress counters, int segments) {}

  /**
   * {@link #finishAll} for one segment. Most batches of small jobs end one segment; without arrays,
   * the statement costs half.
   *
   * @return empty if the lease is lost
   */
  Optional<FinishedOne> finish(LastBatch last) {
    var batch = last.batch();
    return LeaseBinding.bind(handle.createQuery(FINISH_ONE), last.lease())
        .bind("checkpoint", batch.checkpoint())
        .bind("adoptedRange", batch.adoptedRange())
        .bind("total", batch.adoptedItems())
        .bind("done", batch.done())
        .bind("failed", batch.failed())
        .bind("skipped", batch.skipped())
        .map((row, context) -> new FinishedOne(StoredProgress.read(row), row.getInt("segments")))
        .findOne();
  }

  /**
   * Stores the last batches of segments that are done, and ends the segments. An item of a segment
   * that no batch counted is skipped: it was passed over, for instance because it is a target that
   * an earlier stage gave up.
   *
   * @return the segments whose leases are not lost
   */
  Map<SegmentKey, Progress> finishAll(List<LastBatch> ends) {
    return handle
        .createQuery(FINISH)
        .bind("jobs", Column.of(ends, end -> end.lease().key().job().value(), UUID[]::new))
        .bind("stages", Column.of(ends, end -> end.lease().key().stage(), Integer[]::new))
        .bind("segments", Column.of(ends, end -> end.lease().key().segment(), Integer[]::new))
        .bind("epochs", Column.of(ends, end -> end.lease().epoch(), Integer[]::new))
        .bind("checkpoints", Column.of(ends, end -> end.batch().checkpoint(), String[]::new))
        .bind("adoptedRanges", Column.of(ends, end -> end.batch().adoptedRange(), String[]::new))
        .bind("totals", Column.of(ends, end -> end.batch().adoptedItems(), Long[]::new))
        .bind("done", Column.of(ends, end -> end.batch().done(), Long[]::new))
        .bind("failed", Column.of(ends, end -> end.batch().failed(), Long[]::new))
        .bind("skipped", Column.of(ends, end -> end.batch().skipped(), Long[]::new))
        .map((row, context) -> Map.entry(LeasedSegment.key(row), StoredProgress.read(row)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * Ends the segment of a lease. If the segment is given up, the items that no batch counted have
   * failed.
   *
   * @return empty if the lease is lost
   */
  Optional<Progress> end(Lease lease, SegmentStatus status, @Nullable String error) {
    return LeaseBinding.bind(handle.createQuery(END), lease)
        .bind("status", status.word())
        .bind("error", error)
        .map((row, context) -> StoredProgress.read(row))
        .findOne();
  }

  /** Ends the segments of a cancelled job that nobody works on. */
  SegmentSums cancelReady(StageKey stage) {
    return handle
        .createQuery(CANCEL_READY)
        .bind("jobId", stage.job())
        .bind("stage", stage.stage())
        .map(
            (row, context) ->
                new SegmentSums(
                    row.getInt("segments"),
                    0,
                    row.getLong("done"),
                    row.getLong("failed"),
                    row.getLong("skipped")))
        .one();
  }
}
