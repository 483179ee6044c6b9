package dev.bailiff.job.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** {@code jobs.claim}: the job that owns a room or user until the job ends. */
interface ClaimDao {

  /**
   * Claims the resources that are free, in ascending order, so that no two jobs wait for each
   * other. The statement locks the job's row against the job's end, which gives all claims back.
   * Claims made before the end are therefore given back by it, and none is made after it.
   *
   * @return the resources that could not be claimed: they belong to another job, or the job has
   *     ended
   */
  @SqlQuery(
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
      """)
  List<String> claim(@Bind("jobId") UUID jobId, @Bind("resources") String[] resources);

  /**
   * Locks claims of other jobs until the transaction ends. If two jobs ask at the same time for a
   * claim of a third job, the second one then sees the first.
   */
  @SqlQuery(
      """
      select resource from jobs.claim
       where resource = any(:resources) and job_id <> :jobId
       order by resource for update
      """)
  List<String> lockHeld(@Bind("jobId") UUID jobId, @Bind("resources") String[] resources);

  /**
   * A target that another job of the kind works on, or will work on as soon as it can; a job that
   * is to run later does not count.
   */
  @SqlQuery(
      """
      select t.target
        from jobs.target t join jobs.job j on j.job_id = t.job_id
       where t.target = any(:targets) and t.job_id <> :jobId
         and j.kind = :kind and j.finalized_at is null
         and (j.run_at is null or j.run_at <= clock_timestamp())
       order by t.target limit 1
      """)
  Optional<String> rivalled(
      @Bind("jobId") UUID jobId, @Bind("kind") String kind, @Bind("targets") String[] targets);

  @SqlUpdate("delete from jobs.claim where job_id = :jobId and resource > :resource")
  int releaseBehind(@Bind("jobId") UUID jobId, @Bind("resource") String resource);
}
