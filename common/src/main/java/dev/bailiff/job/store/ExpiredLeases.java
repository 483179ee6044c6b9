package dev.bailiff.job.store;

import org.jdbi.v3.core.Handle;

/**
 * Leases that ran out, or end later than any lease taken now: in that case the clock has been put
 * back since.
 */
final class ExpiredLeases {

  /** The segments of these leases; {@link DutyTerms} asks whether there are any. */
  static final String FROM =
      """
      from jobs.segment l
      where l.status = 'leased'
        and (l.lease_expires_at < clock_timestamp()
             or l.lease_expires_at > clock_timestamp() + :leaseMillis * interval '1 millisecond')
      """;

  private static final String RESCUE =
      """
      update jobs.segment s
         set status = 'ready', lease_owner = null, lease_expires_at = null, express = false,
             ready_at = clock_timestamp(), publications = 0,
             publish_at = case when %s then null else clock_timestamp() end,
             last_error = 'the lease of ' || s.lease_owner || ' ran out'
       where (s.job_id, s.stage_n, s.segment_n) in (
               select l.job_id, l.stage_n, l.segment_n
               %s
                order by l.job_id, l.stage_n, l.segment_n
                limit :limit
                  for update skip locked)
      """
          .formatted(SegmentWindow.IS_PAUSED, FROM);

  private ExpiredLeases() {}

  /**
   * Frees the segments of these leases. The epoch stays: the status refuses the old owner, and the
   * next lease moves the epoch on. Returns how many segments were freed.
   */
  static int free(Handle handle, LeaseConfig config, int limit) {
    return handle
        .createUpdate(RESCUE)
        .bind("limit", limit)
        .bind("leaseMillis", config.lease().toMillis())
        .execute();
  }
}
