package dev.bailiff.job.store;

import dev.bailiff.job.BatchRecord.Finds;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobOrigin;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The targets that the filter of a job finds, batch by batch. They are stored in the transaction
 * that moves the checkpoint on, so that each is stored once, whatever dies.
 */
final class FoundTargets {
  private static final String WISH =
      """
      select filter::text as filter, coalesce(most_targets, :usual) as most, target_count
        from jobs.job where job_id = :jobId and filter is not null
      """;

  /** The numbers follow those that the job has. */
  private static final String ADD =
      """
      with grown as (
        update jobs.job set target_count = target_count + cardinality(:targets::text[])
         where job_id = :jobId
        returning target_count - cardinality(:targets::text[]) as first)
      insert into jobs.target (job_id, target_n, target)
      select :jobId, g.first + t.n - 1, t.target
        from grown g cross join unnest(:targets::text[]) with ordinality as t (target, n)
      """;

  private static final String STOP_WAITING =
      "delete from jobs.found where job_id = :jobId and target <= :last";

  private static final String WAIT =
      """
      insert into jobs.found (job_id, target) select distinct :jobId, t.target
        from unnest(:targets::text[]) as t (target)
      on conflict do nothing
      """;

  private static final String WAITING =
      "select target from jobs.found where job_id = :jobId order by target limit :limit";

  private static final String COUNT_WAITING =
      "select count(*) from jobs.found where job_id = :jobId";

  private final Handle handle;
  private final JobId job;

  FoundTargets(Handle handle, JobId job) {
    this.handle = handle;
    this.job = job;
  }

  FilterWish wish() {
    return handle
        .createQuery(WISH)
        .bind("jobId", job.value())
        .bind("usual", JobOrigin.USUAL_MOST_TARGETS)
        .map(
            (row, context) ->
                new FilterWish(
                    StoredJson.tree(row.getString("filter")),
                    row.getInt("most"),
                    row.getInt("target_count")))
        .findOne()
        .orElseThrow(() -> new IllegalStateException("job " + job + " has no filter"));
  }

  List<String> waiting(int limit) {
    return handle
        .createQuery(WAITING)
        .bind("jobId", job.value())
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }

  long countWaiting() {
    return handle.createQuery(COUNT_WAITING).bind("jobId", job.value()).mapTo(Long.class).one();
  }

  void store(Finds finds) {
    var targets = finds.targets();
    if (!targets.isEmpty()) {
      update(ADD, targets);
      handle
          .createUpdate(STOP_WAITING)
          .bind("jobId", job.value())
          .bind("last", targets.get(targets.size() - 1))
          .execute();
    }
    if (!finds.unordered().isEmpty()) {
      update(WAIT, finds.unordered());
    }
  }

  private void update(String sql, List<String> targets) {
    handle
        .createUpdate(sql)
        .bind("jobId", job.value())
        .bind("targets", targets.toArray(String[]::new))
        .execute();
  }
}
