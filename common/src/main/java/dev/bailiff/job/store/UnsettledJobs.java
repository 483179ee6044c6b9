package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Jobs on which a step of settling may have been lost: cancelled jobs without their end, active
 * jobs without an open segment, active jobs without a segment in flight, and jobs that nobody
 * approved in time. The partial indexes contain no job that merely waits for its first lease.
 */
final class UnsettledJobs {

  /** Cancelled jobs without their end; {@link DutyTerms} asks whether there are any. */
  static final String FROM_CANCELLING =
      "from jobs.job where cancel_requested_at is not null and finalized_at is null";

  /** Active jobs without an open segment, and active jobs without a segment in flight. */
  static final String FROM_ADRIFT =
      """
      from jobs.job j join jobs.stage t on t.job_id = j.job_id and t.stage_n = j.stage_n
      where j.status = 'active'
        and (t.open_segments = 0
             or not exists (select from jobs.segment s
                             where s.job_id = j.job_id and s.stage_n = j.stage_n
                               and s.status in ('ready', 'leased') and s.publish_at is not null))
      """;

  /** Jobs whose time to be approved is over. */
  static final String FROM_EXPIRED =
      "from jobs.job where status = 'awaiting_approval' and approval_until <= clock_timestamp()";

  private static final String FIND =
      "select job_id "
          + FROM_CANCELLING
          + " union select j.job_id "
          + FROM_ADRIFT
          + " union select job_id "
          + FROM_EXPIRED
          + " limit :limit";

  private UnsettledJobs() {}

  static List<JobId> find(Handle handle, int limit) {
    return handle
        .createQuery(FIND)
        .bind("limit", limit)
        .map((row, context) -> new JobId(row.getObject(1, UUID.class)))
        .list();
  }
}
