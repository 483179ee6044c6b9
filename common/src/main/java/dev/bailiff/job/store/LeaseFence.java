package dev.bailiff.job.store;

import dev.bailiff.job.Lease;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rule 2: locks a segment for its owner. */
final class LeaseFence {
  private static final String FENCE =
      """
      select j.status = 'active' and j.cancel_requested_at is null
        from jobs.segment s join jobs.job j on j.job_id = s.job_id
       where s.job_id = :jobId and s.stage_n = :stage and s.segment_n = :segment
         and s.status = 'leased' and s.epoch = :epoch
         for no key update of s
      """;

  private LeaseFence() {}

  /**
   * Locks the segment until the transaction ends. True if the job goes on, false if it is to stop,
   * empty if the lease is not the caller's.
   */
  static Optional<Boolean> lock(Handle handle, Lease lease) {
    return LeaseBinding.bind(handle.createQuery(FENCE), lease)
        .map((row, context) -> row.getBoolean(1))
        .findOne();
  }
}
