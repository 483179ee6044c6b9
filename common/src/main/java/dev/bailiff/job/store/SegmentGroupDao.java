package dev.bailiff.job.store;

import dev.bailiff.job.Delivery;
import dev.bailiff.job.JobId;
import dev.bailiff.job.SegmentKey;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** {@code jobs.segment}, several rows per statement. Each row is looked up by its key. */
@RegisterConstructorMapper(SegmentGroupDao.LeasedThroughRow.class)
interface SegmentGroupDao {

  record LeasedKeyRow(UUID jobId, int stageN, int segmentN, @Nested SegmentDao.LeasedRow lease) {
    SegmentKey key() {
      return new SegmentKey(new JobId(jobId), stageN, segmentN);
    }
  }

  /**
   * A lease with the command through which it was taken; the command points to the segment itself.
   */
  record LeasedThroughRow(@Nested LeasedKeyRow leased, int throughEpoch, int delivery) {
    Delivery through() {
      return new Delivery(leased.key(), throughEpoch, delivery);
    }
  }

  /**
   * {@link SegmentDao#lease} for several commands, without the segments that somebody else has
   * locked: those are leased one by one afterwards.
   */
  @SqlQuery(
      """
      with taken as materialized (
        select j.job_id, s.stage_n, s.segment_n, c.epoch as through_epoch, c.delivery, g.name, j.kind, j.parameters::text as parameters,
               j.requester, j.acting_user, j.reason, j.target_count, j.accepted_at
          from unnest(:jobs::uuid[], :stages::int[], :segments::int[], :epochs::int[], :deliveries::int[])
                 as c (job_id, stage_n, segment_n, epoch, delivery)
          join jobs.job j on j.job_id = c.job_id and j.status = 'active'
          join jobs.stage g on g.job_id = c.job_id and g.stage_n = c.stage_n and g.name = any(:known)
         cross join lateral (
               select s.stage_n, s.segment_n
                 from jobs.segment s
                where s.job_id = c.job_id and s.stage_n = c.stage_n and s.segment_n = c.segment_n
                  and (s.status = 'ready' and s.epoch = c.epoch and j.cancel_requested_at is null
                       or s.status = 'leased'
                          and case when s.through_lease = s.epoch
                                   then s.through_stage = c.stage_n and s.through_segment = c.segment_n
                                        and s.through_epoch = c.epoch and s.through_delivery < c.delivery
                                   else s.epoch > c.epoch and s.epoch < c.epoch + c.delivery end)
                  for no key update skip locked) s)
      update jobs.segment s
         set status = 'leased', epoch = s.epoch + 1, attempts = s.attempts + 1, lease_owner = :owner,
             lease_expires_at = clock_timestamp() + :leaseMillis * interval '1 millisecond',
             through_stage = t.stage_n, through_segment = t.segment_n, through_epoch = t.through_epoch,
             through_delivery = t.delivery, through_lease = s.epoch + 1
        from taken t
       where s.job_id = t.job_id and s.stage_n = t.stage_n and s.segment_n = t.segment_n
      returning s.job_id, s.stage_n, s.segment_n, t.through_epoch, t.delivery, t.name as stage, s.epoch, s.attempts, s.range, s.checkpoint, s.total,
                t.kind, t.parameters, t.requester, t.acting_user, t.reason, t.target_count, t.accepted_at
      """)
  List<LeasedThroughRow> lease(
      @Bind("jobs") UUID[] jobs,
      @Bind("stages") Integer[] stages,
      @Bind("segments") Integer[] segments,
      @Bind("epochs") Integer[] epochs,
      @Bind("deliveries") Integer[] deliveries,
      @Bind("owner") String owner,
      @Bind("known") String[] known,
      @Bind("leaseMillis") long leaseMillis);

  /**
   * {@link SegmentDao#fence} for several leases: how many of them are the caller's and go on, all
   * locked. They are locked in the order of the arrays.
   */
  @SqlQuery(
      """
      with fenced as materialized (
        select j.status = 'active' and j.cancel_requested_at is null as goes_on
          from unnest(:jobs::uuid[], :stages::int[], :segments::int[], :epochs::int[])
                 as l (job_id, stage_n, segment_n, epoch)
          join jobs.job j on j.job_id = l.job_id
         cross join lateral (
               select from jobs.segment s
                where s.job_id = l.job_id and s.stage_n = l.stage_n and s.segment_n = l.segment_n
                  and s.status = 'leased' and s.epoch = l.epoch
                  for no key update) s)
      select count(*) from fenced where goes_on
      """)
  int fence(
      @Bind("jobs") UUID[] jobs,
      @Bind("stages") Integer[] stages,
      @Bind("segments") Integer[] segments,
      @Bind("epochs") Integer[] epochs);
}
