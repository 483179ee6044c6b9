package dev.bailiff.job.store;

import dev.bailiff.job.Lease;
import java.sql.Types;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Gives leases back: their segments are ready again. Each call returns whether the caller still had
 * the lease.
 */
final class LeaseReturn {
  private static final String GIVE_BACK =
      """
      update jobs.segment s
         set status = 'ready', lease_owner = null, lease_expires_at = null, express = false,
             ready_at = clock_timestamp(),
             publish_at = case when :held or %s then null
                               else clock_timestamp() + :delayMillis * interval '1 millisecond' end,
             publications = :publications, attempts = case when :keepAttempts then attempts else greatest(0, attempts - 1) end,
             last_error = coalesce(left(:error, 2000), last_error)
       where job_id = :jobId and stage_n = :stage and segment_n = :segment and status = 'leased' and epoch = :epoch
      """
          .formatted(SegmentWindow.IS_PAUSED);

  private static final String WAIT_FOR_HOMESERVER =
      """
      update jobs.segment s
         set status = 'ready', lease_owner = null, lease_expires_at = null, express = false,
             ready_at = clock_timestamp(), publications = 0, attempts = greatest(0, attempts - 1),
             publish_at = case when %s then null
                               else clock_timestamp()
                 + greatest(:atLeastMillis, least(:atMostMillis, :jitter * :firstMillis * 2 ^ least(homeserver_waits, 20)))
                   * interval '1 millisecond' end,
             homeserver_waits = homeserver_waits + 1, last_error = left(:error, 2000)
       where job_id = :jobId and stage_n = :stage and segment_n = :segment and status = 'leased' and epoch = :epoch
      """
          .formatted(SegmentWindow.IS_PAUSED);

  private static final String HOLD_IF_PAUSED =
      """
      update jobs.segment s
         set status = 'ready', lease_owner = null, lease_expires_at = null, express = false,
             ready_at = clock_timestamp(), publish_at = case when j.status = 'paused' then null else clock_timestamp() end,
             publications = 0, attempts = greatest(0, s.attempts - 1)
        from jobs.job j
       where s.job_id = :jobId and s.stage_n = :stage and s.segment_n = :segment
         and s.status = 'leased' and s.epoch = :epoch
         and j.job_id = s.job_id and j.cancel_requested_at is null and j.status in ('scheduled', 'active', 'paused')
      """;

  private final Handle handle;
  private final LeaseConfig config;

  LeaseReturn(Handle handle, LeaseConfig config) {
    this.handle = handle;
    this.config = config;
  }

  /**
   * Gives the lease back: the segment is due after the delay.
   *
   * @param publications how often the segment's command counts as published
   * @param keepAttempts whether this attempt counts
   */
  boolean giveBack(
      Lease lease, Duration delay, int publications, boolean keepAttempts, @Nullable String error) {
    return LeaseBinding.bind(handle.createUpdate(GIVE_BACK), lease)
            .bind("held", false)
            .bind("delayMillis", config.atMost(delay).toMillis())
            .bind("publications", publications)
            .bind("keepAttempts", keepAttempts)
            .bind("error", error)
            .execute()
        == 1;
  }

  /** Gives the lease back: the segment waits outside the window until it is let in again. */
  boolean hold(Lease lease) {
    return LeaseBinding.bind(handle.createUpdate(GIVE_BACK), lease)
            .bind("held", true)
            .bind("delayMillis", 0)
            .bind("publications", 0)
            .bind("keepAttempts", false)
            .bindNull("error", Types.VARCHAR)
            .execute()
        == 1;
  }

  /** Gives the lease back if its job was paused; or was paused, and goes on already. */
  boolean holdIfPaused(Lease lease) {
    return LeaseBinding.bind(handle.createUpdate(HOLD_IF_PAUSED), lease).execute() == 1;
  }

  /**
   * Gives the lease back while the homeserver is away: the attempt does not count, and each wait in
   * a row is twice as long.
   *
   * @param atLeast the wait that the homeserver asked for
   * @param atMost bound of the wait where it asked for none
   * @param jitter factor of the wait
   */
  boolean waitForHomeserver(
      Lease lease, Duration atLeast, Duration atMost, double jitter, String error) {
    return LeaseBinding.bind(handle.createUpdate(WAIT_FOR_HOMESERVER), lease)
            .bind("firstMillis", config.retryBackoff().toMillis())
            .bind("atLeastMillis", config.atMost(atLeast).toMillis())
            .bind("atMostMillis", config.atMost(atMost).toMillis())
            .bind("jitter", jitter)
            .bind("error", error)
            .execute()
        == 1;
  }
}
