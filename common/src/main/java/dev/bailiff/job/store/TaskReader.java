package dev.bailiff.job.store;

import dev.bailiff.job.JobError;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.TaskFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Jobs ordered by the time of their next or last change: a scheduled job by its due time, any other
 * by its last change. Lists come in pages by key; a job that changes meanwhile may be listed again.
 */
public final class TaskReader {

  /** The expression of the index {@code job_by_task_time}. */
  private static final String AT =
      "coalesce(case when j.status = 'scheduled' then j.run_at end, j.changed_at)";

  static final String LIST =
      """
      select j.job_id, j.kind, j.status, j.target_count, %1$s as at, j.error_status, j.error_code, j.error_text,
             j.parameters ->> 'shut_down' = 'false' as purge_only,
             case when j.target_count = 1 then
               (select t.target from jobs.target t where t.job_id = j.job_id and t.target_n = 0) end as target
        from jobs.job j
       where j.discarded_at is null and not j.dry_run and j.kind = any(:kinds) and j.status = any(:statuses) and %1$s < :before
         and (%1$s, j.job_id) > (:afterAt, :afterId)%2$s
       order by %1$s, j.job_id limit :limit
      """;

  /** Selects the jobs of the target before the rest, as a target has few. */
  private static final String OF_TARGET =
      " and j.job_id = any(array(select t.job_id from jobs.target t where t.target = :target))";

  static final String LIST_ALL = LIST.formatted(AT, "");
  static final String LIST_OF_TARGET = LIST.formatted(AT, OF_TARGET);

  /** Before every time that is stored; {@link #LAST} is after every one. */
  private static final OffsetDateTime FIRST =
      OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private static final OffsetDateTime LAST =
      OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private final Jdbi jdbi;

  TaskReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A job as a task.
   *
   * @param at when the job is due, or the time of its last change
   * @param target the job's target, if it has exactly one
   * @param purgeOnly of a {@code delete-rooms} job: whether members stay
   */
  public record Task(
      JobId id,
      JobKind kind,
      JobStatus status,
      Instant at,
      @Nullable String target,
      boolean purgeOnly,
      @Nullable JobError error) {}

  /**
   * Jobs that match, oldest first.
   *
   * @param behind the last task of the previous page; null at the start
   */
  public List<Task> list(TaskFilter filter, @Nullable Task behind, int limit) {
    var before = filter.before();
    return jdbi.withHandle(
        handle -> {
          var query =
              handle
                  .createQuery(filter.target() == null ? LIST_ALL : LIST_OF_TARGET)
                  .bind("kinds", filter.kinds().stream().map(JobKind::name).toArray(String[]::new))
                  .bind(
                      "statuses",
                      filter.statuses().stream().map(JobStatus::word).toArray(String[]::new))
                  .bind("before", before == null ? LAST : before.atOffset(ZoneOffset.UTC))
                  .bind("afterAt", behind == null ? FIRST : behind.at().atOffset(ZoneOffset.UTC))
                  .bind("afterId", behind == null ? new UUID(0, 0) : behind.id().value())
                  .bind("limit", limit);
          if (filter.target() != null) {
            query.bind("target", filter.target());
          }
          return query.map((rs, ctx) -> task(rs)).list();
        });
  }

  private static Task task(ResultSet rs) throws SQLException {
    var error = rs.getString("error_text");
    return new Task(
        new JobId(rs.getObject("job_id", UUID.class)),
        new JobKind(rs.getString("kind")),
        JobStatus.of(rs.getString("status")),
        rs.getObject("at", OffsetDateTime.class).toInstant(),
        rs.getString("target"),
        rs.getBoolean("purge_only"),
        error == null
            ? null
            : new JobError(rs.getInt("error_status"), rs.getString("error_code"), error));
  }
}
