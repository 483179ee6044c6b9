package dev.bailiff.job.store;

import dev.bailiff.job.Holder;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Closes the stage of a job, and opens the next one with its first segment, in one statement. The
 * first segment plans the stage.
 */
final class StageChange {
  /**
   * Closes a stage without open segments. Done, failed and skipped items are then its total, unless
   * the job was asked to stop; items worked beyond the plan count, too.
   */
  private static final String CLOSE =
      """
      update jobs.stage set closed_at = clock_timestamp(), total = greatest(total, done + failed + skipped)
       where job_id = :jobId and closed_at is null and stage_n =\s""";

  private static final String CLOSE_LAST = CLOSE + ":stage";

  /** Closes the previous stage, and opens the next one; the row of the segment follows. */
  private static final String OPEN =
      """
      with closed as (
      """
          + CLOSE
          + """
      :stage - 1),
      moved as (update jobs.job set stage_n = :stage where job_id = :jobId),
      opened as (
        insert into jobs.stage (job_id, stage_n, name, segments, open_segments, total)
        values (:jobId, :stage, :name, 1, 1, 0))
      """;

  private static final String OPEN_READY =
      OPEN
          + """
          insert into jobs.segment (job_id, stage_n, segment_n, status, express, publications, publish_at, total)
          values (:jobId, :stage, 0, 'ready', true, 1, clock_timestamp() + :republishMillis * interval '1 millisecond', 0)
          """;

  private static final String OPEN_LEASED =
      OPEN
          + """
          insert into jobs.segment (job_id, stage_n, segment_n, status, express, epoch, attempts, publications, publish_at,
                                    lease_owner, lease_expires_at, through_stage, through_segment, through_epoch,
                                    through_delivery, through_lease)
          values (:jobId, :stage, 0, 'leased', true, 1, 1, 1, clock_timestamp() + :republishMillis * interval '1 millisecond',
                  :owner, clock_timestamp() + :leaseMillis * interval '1 millisecond', :throughStage, :throughSegment,
                  :throughEpoch, :throughDelivery, 1)
          """;

  private final Handle handle;
  private final LeaseConfig config;

  StageChange(Handle handle, LeaseConfig config) {
    this.handle = handle;
    this.config = config;
  }

  /** Opens a stage whose segment is ready; the caller publishes the segment's command. */
  void openReady(StageKey next, String name) {
    opening(OPEN_READY, next, name).execute();
  }

  /**
   * Opens a stage whose segment is leased by the worker that opens the stage. The lease is taken
   * through the worker's current command: if the worker dies, the next delivery of that command
   * takes the lease over.
   */
  void openLeased(StageKey next, String name, Holder holder) {
    var through = holder.through();
    opening(OPEN_LEASED, next, name)
        .bind("owner", holder.owner())
        .bind("leaseMillis", config.lease().toMillis())
        .bind("throughStage", through.segment().stage())
        .bind("throughSegment", through.segment().segment())
        .bind("throughEpoch", through.epoch())
        .bind("throughDelivery", through.count())
        .execute();
  }

  private Update opening(String sql, StageKey next, String name) {
    return handle
        .createUpdate(sql)
        .bind("jobId", next.job())
        .bind("stage", next.stage())
        .bind("name", name)
        .bind("republishMillis", config.republishAfter().toMillis());
  }

  /** Closes the last stage of a job. */
  void close(StageKey last) {
    handle.createUpdate(CLOSE_LAST).bind("jobId", last.job()).bind("stage", last.stage()).execute();
  }
}
