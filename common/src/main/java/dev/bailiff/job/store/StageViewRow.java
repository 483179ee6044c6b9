package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import dev.bailiff.job.JobView.StageView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * A row of {@code jobs.stage}, as readers return it. A read adds the few open segments to the sums
 * of the ended ones, so its cost never depends on how much data the job works on.
 */
final class StageViewRow {
  /** The columns of the row, for the alias {@code t} with {@link #OPEN_SEGMENTS}. */
  static final String COLUMNS =
      """
      t.stage_n, t.name, t.segments, t.open_segments, t.opened_at, t.closed_at, t.total,
      t.done + coalesce(o.done, 0) as done, t.failed + coalesce(o.failed, 0) as failed,
      t.skipped + coalesce(o.skipped, 0) as skipped
      """;

  /** For stages {@code t}: the counters of their open segments. */
  static final String OPEN_SEGMENTS =
      """
      left join lateral (
        select sum(s.done)::bigint as done, sum(s.failed)::bigint as failed, sum(s.skipped)::bigint as skipped
          from jobs.segment s
         where t.closed_at is null and s.job_id = t.job_id and s.stage_n = t.stage_n
           and s.status in ('ready', 'leased') and s.publish_at is not null) o on true
      """;

  private static final String OF_JOBS =
      """
      select t.job_id, %s from jobs.stage t %s where t.job_id = any(:ids)
       order by t.job_id, t.stage_n
      """
          .formatted(COLUMNS, OPEN_SEGMENTS);

  private StageViewRow() {}

  /** Reads a row with {@link #COLUMNS}. */
  static StageView read(ResultSet row) throws SQLException {
    return new StageView(
        row.getInt("stage_n"),
        row.getString("name"),
        StoredProgress.read(row),
        row.getInt("segments"),
        row.getInt("open_segments"),
        StoredTime.read(row, "opened_at"),
        StoredTime.readNullable(row, "closed_at"));
  }

  /** The same jobs in the same order, with their stages. */
  static List<JobView> addTo(Handle handle, List<JobView> jobs) {
    if (jobs.isEmpty()) {
      return jobs;
    }
    var stages = new HashMap<JobId, List<StageView>>();
    handle
        .createQuery(OF_JOBS)
        .bind("ids", jobs.stream().map(job -> job.id().value()).toArray(UUID[]::new))
        .map(
            (row, context) ->
                stages
                    .computeIfAbsent(
                        new JobId(row.getObject("job_id", UUID.class)), id -> new ArrayList<>())
                    .add(read(row)))
        .list();
    return jobs.stream()
        .map(job -> job.withStages(stages.getOrDefault(job.id(), List.of())))
        .toList();
  }
}
