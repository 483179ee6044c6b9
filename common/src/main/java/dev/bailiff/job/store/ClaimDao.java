package dev.bailiff.job.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** {@code jobs.claim}: which job owns a room or user until it ends. */
interface ClaimDao {

  /**
   * Claims what is free. In ascending order, so that no two jobs wait for each other. The job's row
   * is locked against its end, which gives the claims back: what comes before the end is given back
   * by it, what comes after it is not claimed.
   *
   * @return those that could not be had: they belong to another job, or the job has ended
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
   * Locks claims that others hold until the transaction ends: of two that ask at the same time for
   * what a third holds, the second then sees the first.
   */
  @SqlQuery(
      """
      select resource from jobs.claim
       where resource = any(:resources) and job_id <> :jobId
       order by resource for update
      """)
  List<String> lockHeld(@Bind("jobId") UUID jobId, @Bind("resources") String[] resources);

  /**
   * A target that another job of the kind works on, or will as soon as it can; one that is to run
   * later does not count.
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
