package dev.bailiff.job.store;

import dev.bailiff.job.JobKind;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** {@code jobs.claim}: the job that owns a room or user until the job ends. */
final class TargetClaims {
  private static final String CLAIM =
      """
      with wanted as (select r from unnest(:resources) as r order by r),
      owner as (select job_id from jobs.job where job_id = :jobId and finalized_at is null for share),
      claimed as (
        insert into jobs.claim (resource, job_id) select r, o.job_id from wanted, owner o order by r
        on conflict do nothing returning resource)
      select w.r from wanted w
       where not exists (select from claimed c where c.resource = w.r)
         and not exists (select from jobs.claim c where c.resource = w.r and c.job_id = :jobId)
       order by w.r
      """;

  private static final String LOCK_HELD =
      """
      select resource from jobs.claim
       where resource = any(:resources) and job_id <> :jobId
       order by resource for update
      """;

  private static final String RIVALLED =
      """
      select t.target
        from jobs.target t join jobs.job j on j.job_id = t.job_id
       where t.target = any(:targets) and t.job_id <> :jobId
         and j.kind = :kind and j.finalized_at is null and not j.dry_run
         and (j.run_at is null or j.run_at <= clock_timestamp())
       order by t.target limit 1
      """;

  private static final String RELEASE_BEHIND =
      "delete from jobs.claim where job_id = :jobId and resource > :resource";

  private final Handle handle;
  private final UUID job;

  /**
   * @param job the job that claims; an id that no job has, to ask about all jobs
   */
  TargetClaims(Handle handle, UUID job) {
    this.handle = handle;
    this.job = job;
  }

  /**
   * Claims the resources that are free, in ascending order, so that no two jobs wait for each
   * other. The statement locks the job's row against the job's end, which gives all claims back.
   * Claims made before the end are therefore given back by it, and none is made after it.
   *
   * @return the resources that could not be claimed: they belong to another job, or the job has
   *     ended
   */
  List<String> claim(List<String> resources) {
    return handle
        .createQuery(CLAIM)
        .bind("jobId", job)
        .bind("resources", resources.toArray(String[]::new))
        .map((row, context) -> row.getString(1))
        .list();
  }

  /**
   * Locks claims of other jobs until the transaction ends. If two jobs ask at the same time for a
   * claim of a third job, the second one then sees the first.
   */
  void lockHeld(List<String> resources) {
    handle
        .createQuery(LOCK_HELD)
        .bind("jobId", job)
        .bind("resources", resources.toArray(String[]::new))
        .map((row, context) -> row.getString(1))
        .list();
  }

  /**
   * A target that another job of the kind works on, or will work on as soon as it can; a job that
   * is to run later does not count.
   */
  Optional<String> rivalled(JobKind kind, List<String> targets) {
    return handle
        .createQuery(RIVALLED)
        .bind("jobId", job)
        .bind("kind", kind.name())
        .bind("targets", targets.toArray(String[]::new))
        .map((row, context) -> row.getString(1))
        .findOne();
  }

  /** Gives the job's claims back that come after a resource. */
  void releaseBehind(String resource) {
    handle.createUpdate(RELEASE_BEHIND).bind("jobId", job).bind("resource", resource).execute();
  }
}
