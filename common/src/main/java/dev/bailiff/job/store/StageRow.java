package dev.bailiff.job.store;

import dev.bailiff.job.JobError;
import dev.bailiff.schemas.kind.KindContract;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A stage, with the error with which the job fails at the stage's end.
 *
 * @param targetError the error of the job's only target
 * @param planError why the stage could not be planned
 * @param leftOver whether a verification found targets left over that may be tried once more
 */
record StageRow(
    String name,
    int openSegments,
    @Nullable JobError targetError,
    @Nullable String planError,
    boolean leftOver) {

  /** The columns of the row, from {@link #FROM}. */
  static final String COLUMNS =
      """
      g.name, g.open_segments, t.error_status, t.error_code, t.error_text, s.last_error as plan_error,
      case when g.name = 'verify' and g.open_segments = 0 and not j.second_try
           then exists (select from jobs.target l
                         where l.job_id = j.job_id and l.verdict = 'left-over' and not l.failed
                           and not exists (select from jobs.failure f
                                            where f.job_id = l.job_id and f.target_n = l.target_n))
           else false end as left_over
      """;

  /**
   * A job {@code j} with its current stage {@code g}, and the errors with which the job may fail.
   * The names are those of {@link KindContract#PREPARING}.
   */
  static final String FROM =
      """
      from jobs.job j
      join jobs.stage g on g.job_id = j.job_id and g.stage_n = j.stage_n
      left join jobs.target t on j.target_count = 1 and t.job_id = j.job_id and t.target_n = 0 and t.failed
      left join jobs.segment s
        on s.job_id = g.job_id and s.stage_n = g.stage_n and s.segment_n = 0 and s.status = 'failed'
           and (s.range is null or g.name in ('"""
          + KindContract.PLAN
          + "', '"
          + KindContract.FIND_ROOMS
          + "', '"
          + KindContract.RESOLVE
          + "', '"
          + KindContract.DRY_RUN
          + "', '"
          + KindContract.FIND
          + "', '"
          + KindContract.WEIGH
          + "', '"
          + KindContract.COUNT
          + "'))\n";

  private static final String FIND = "select " + COLUMNS + FROM + "where j.job_id = :jobId";

  /** Reads a row with {@link #COLUMNS}. */
  static StageRow of(ResultSet row) throws SQLException {
    var status = row.getObject("error_status", Integer.class);
    return new StageRow(
        row.getString("name"),
        row.getInt("open_segments"),
        status == null
            ? null
            : new JobError(status, row.getString("error_code"), row.getString("error_text")),
        row.getString("plan_error"),
        row.getBoolean("left_over"));
  }

  /** The current stage of a job. */
  static Optional<StageRow> find(Handle handle, UUID job) {
    return handle
        .createQuery(FIND)
        .bind("jobId", job)
        .map((row, context) -> StageRow.of(row))
        .findOne();
  }
}
