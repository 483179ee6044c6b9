package dev.bailiff.job.store;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** {@code jobs.claim}: which job owns a room or user until it ends. */
interface ClaimDao {

  /**
   * Claims what is free. In ascending order, so that no two jobs wait for each other.
   *
   * @return those that belong to another job
   */
  @SqlQuery(
      """
      with wanted as (select r from unnest(:resources) as r order by r),
      claimed as (
        insert into jobs.claim (resource, job_id) select r, :jobId from wanted order by r
        on conflict do nothing returning resource)
      select w.r from wanted w
       where not exists (select from claimed c where c.resource = w.r)
         and not exists (select from jobs.claim c where c.resource = w.r and c.job_id = :jobId)
       order by w.r
      """)
  List<String> claim(@Bind("jobId") UUID jobId, @Bind("resources") String[] resources);

  @SqlUpdate("delete from jobs.claim where job_id = :jobId and resource > :resource")
  int releaseBehind(@Bind("jobId") UUID jobId, @Bind("resource") String resource);

  @SqlUpdate("delete from jobs.claim where job_id = :jobId")
  int release(@Bind("jobId") UUID jobId);
}
