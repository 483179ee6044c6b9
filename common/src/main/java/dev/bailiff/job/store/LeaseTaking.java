package dev.bailiff.job.store;

import dev.bailiff.job.Delivery;
import dev.bailiff.job.Holder;
import dev.bailiff.job.Segment;
import dev.bailiff.schemas.command.SegmentCommand;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Takes the lease of the segment that a command points to. */
final class LeaseTaking {
  private static final String LEASE =
      """
      update jobs.segment s
         set status = 'leased', epoch = s.epoch + 1, attempts = s.attempts + 1, lease_owner = :owner,
             lease_expires_at = clock_timestamp() + :leaseMillis * interval '1 millisecond',
             through_stage = :stage, through_segment = :segment, through_epoch = :epoch,
             through_delivery = :delivery, through_lease = s.epoch + 1
        from jobs.job j, jobs.stage g
       where s.job_id = :jobId and s.stage_n = :stage and s.segment_n = :segment
         and j.job_id = s.job_id and (j.status = 'active' or j.status = 'paused' and s.status = 'leased')
         and g.job_id = s.job_id and g.stage_n = s.stage_n and g.name = any(:known)
         and (s.status = 'ready' and s.epoch = :epoch and j.cancel_requested_at is null
              or s.status = 'leased'
                 and case when s.through_lease = s.epoch
                          then s.through_stage = :stage and s.through_segment = :segment
                               and s.through_epoch = :epoch and s.through_delivery < :delivery
                          else s.epoch > :epoch and s.epoch < :epoch + :delivery end)
      returning g.name as stage, s.epoch, s.attempts, s.range, s.checkpoint, s.total, j.kind, j.parameters::text as parameters,
                j.requester, j.acting_user, j.reason, j.target_count, j.accepted_at,
                j.pace, j.max_rate, j.second_try, g.done + g.failed + g.skipped as items_before
      """;

  private LeaseTaking() {}

  /**
   * Takes the lease if the segment is ready at the command's epoch, or is leased by an owner that
   * lost the command's lock to the caller: the d-th delivery may take over only a lease that an
   * earlier delivery of the same command took. A lease of the previous release stores no command;
   * of these leases the d-th delivery may take over epochs e + 1 … e + d − 1. A stage that the
   * caller does not know is left to workers that know it. The job of a lease that is taken over may
   * have been paused or asked to stop; its first batch finds out.
   */
  static Optional<Segment> take(
      Handle handle,
      SegmentCommand command,
      Holder holder,
      Collection<String> known,
      Duration lease) {
    Delivery through = holder.through();
    return handle
        .createQuery(LEASE)
        .bind("jobId", command.jobId())
        .bind("stage", command.stage())
        .bind("segment", command.segment())
        .bind("epoch", command.epoch())
        .bind("delivery", through.count())
        .bind("owner", holder.owner())
        .bind("known", known.toArray(String[]::new))
        .bind("leaseMillis", lease.toMillis())
        .map((row, context) -> LeasedSegment.read(row, through.segment(), holder))
        .findOne();
  }
}
