package dev.bailiff.job.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * {@code jobs.segment}, by the command through which a lease was taken. The partial index of leased
 * segments finds the leases of a job: as many rows as slots work on the job.
 */
@RegisterConstructorMapper(SegmentGroupDao.LeasedKeyRow.class)
@RegisterConstructorMapper(SegmentDao.CommandRow.class)
interface TakeoverDao {

  /**
   * Takes over a lease that an earlier delivery of a command holds in its job, on any segment: the
   * former owner may have opened further stages in the same run. There is at most one, as a run
   * ends one lease before it opens the next stage.
   */
  @SqlQuery(
      """
      update jobs.segment s
         set status = 'leased', epoch = s.epoch + 1, attempts = s.attempts + 1, lease_owner = :owner,
             lease_expires_at = clock_timestamp() + :leaseMillis * interval '1 millisecond',
             through_delivery = :delivery, through_lease = s.epoch + 1
        from jobs.job j, jobs.stage g
       where s.job_id = :jobId and s.status = 'leased' and s.through_lease = s.epoch
         and s.through_stage = :stage and s.through_segment = :segment
         and s.through_epoch = :epoch and s.through_delivery < :delivery
         and j.job_id = s.job_id and j.status = 'active'
         and g.job_id = s.job_id and g.stage_n = s.stage_n and g.name = any(:known)
      returning s.job_id, s.stage_n, s.segment_n, g.name as stage, s.epoch, s.attempts, s.range, s.checkpoint, s.total,
                j.kind, j.parameters::text as parameters, j.requester, j.acting_user, j.reason, j.target_count, j.accepted_at
      """)
  Optional<SegmentGroupDao.LeasedKeyRow> takeOver(
      @Bind("jobId") UUID jobId,
      @Bind("stage") int stage,
      @Bind("segment") int segment,
      @Bind("epoch") int epoch,
      @Bind("delivery") int delivery,
      @Bind("owner") String owner,
      @Bind("known") String[] known,
      @Bind("leaseMillis") long leaseMillis);

  /** Whether there is something to take over, even if another transaction has it locked. */
  @SqlQuery(
      """
      select exists (
        select from jobs.segment s join jobs.job j on j.job_id = s.job_id and j.status = 'active'
          join jobs.stage g on g.job_id = s.job_id and g.stage_n = s.stage_n and g.name = any(:known)
         where s.job_id = :jobId and s.status = 'leased' and s.through_lease = s.epoch
           and s.through_stage = :stage and s.through_segment = :segment
           and s.through_epoch = :epoch and s.through_delivery < :delivery)
      """)
  boolean isHeldBefore(
      @Bind("jobId") UUID jobId,
      @Bind("stage") int stage,
      @Bind("segment") int segment,
      @Bind("epoch") int epoch,
      @Bind("delivery") int delivery,
      @Bind("known") String[] known);

  /**
   * Frees a segment that an earlier delivery of a command still holds in its job: the caller does
   * not know the segment's stage, so workers that know the stage get it at once.
   */
  @SqlUpdate(
      """
      update jobs.segment s
         set status = 'ready', lease_owner = null, lease_expires_at = null, express = false,
             ready_at = clock_timestamp(), publish_at = clock_timestamp(), publications = 1,
             last_error = 'the command of ' || s.lease_owner || ' was delivered again'
       where s.job_id = :jobId and s.status = 'leased' and s.through_lease = s.epoch
         and s.through_stage = :stage and s.through_segment = :segment
         and s.through_epoch = :epoch and s.through_delivery < :delivery
      """)
  int free(
      @Bind("jobId") UUID jobId,
      @Bind("stage") int stage,
      @Bind("segment") int segment,
      @Bind("epoch") int epoch,
      @Bind("delivery") int delivery);

  /**
   * {@link SegmentDao#republish} of the segments in the window of one job that were published once,
   * due or not: the worker that let them in may have died before it sent the command.
   */
  @SqlQuery(
      """
      with sent as (
        select s.job_id, s.stage_n, s.segment_n, j.kind
          from jobs.job j join jobs.segment s on s.job_id = j.job_id and s.stage_n = j.stage_n
         where j.job_id = :jobId and j.status in ('scheduled', 'active') and j.cancel_requested_at is null
           and s.status = 'ready' and s.publish_at is not null and s.publications = 1
         limit :limit
           for update of s skip locked)
      update jobs.segment s
         set publish_at = clock_timestamp() + 2 * :republishMillis * interval '1 millisecond', publications = 2
        from sent d
       where s.job_id = d.job_id and s.stage_n = d.stage_n and s.segment_n = d.segment_n
      returning s.job_id, d.kind, s.stage_n, s.segment_n, s.epoch, s.express
      """)
  List<SegmentDao.CommandRow> republishOnce(
      @Bind("jobId") UUID jobId,
      @Bind("limit") int limit,
      @Bind("republishMillis") long republishMillis);
}
