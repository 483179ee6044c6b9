package dev.bailiff.job.store;

import dev.bailiff.schemas.kind.KindContract;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.PropagateNull;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * {@code jobs.stage}: sums of the ended segments. All segments of a stage share the row, so it is
 * written last in a transaction: its lock is held only for the commit.
 */
@RegisterConstructorMapper(StageDao.StageRow.class)
interface StageDao {
  /**
   * Closes a stage without open segments. Done, failed and skipped items are then its total, unless
   * the job was asked to stop; items worked beyond the plan count, too.
   */
  String CLOSE =
      """
      update jobs.stage set closed_at = clock_timestamp(), total = greatest(total, done + failed + skipped)
       where job_id = :jobId and closed_at is null and stage_n =\s""";

  /** The columns of {@link StageRow}, from {@link #FROM}. */
  String ROW =
      """
      g.name, g.open_segments, t.error_status, t.error_code, t.error_text, s.last_error as plan_error
      """;

  /**
   * A job {@code j} with its current stage {@code g}, and the errors with which the job may fail.
   * The names are those of {@link KindContract#PREPARING}.
   */
  String FROM =
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
          + "'))\n";

  /**
   * A stage, with the error with which the job fails at the stage's end.
   *
   * @param targetError the error of the job's only target
   * @param planError why the stage could not be planned
   */
  record StageRow(
      String name,
      int openSegments,
      @Nested @Nullable TargetError targetError,
      @Nullable String planError) {

    /** Reads a row with the columns of {@link #ROW}. */
    static StageRow of(ResultSet row) throws SQLException {
      var status = row.getObject("error_status", Integer.class);
      return new StageRow(
          row.getString("name"),
          row.getInt("open_segments"),
          status == null
              ? null
              : new TargetError(status, row.getString("error_code"), row.getString("error_text")),
          row.getString("plan_error"));
    }
  }

  record TargetError(@PropagateNull int errorStatus, String errorCode, String errorText) {}

  @SqlUpdate(
      """
      insert into jobs.stage (job_id, stage_n, name, segments, open_segments, total)
      values (:jobId, :stage, :name, 1, 1, :total)
      """)
  void insert(
      @Bind("jobId") UUID jobId,
      @Bind("stage") int stage,
      @Bind("name") String name,
      @Bind("total") long total);

  @SqlQuery("select " + ROW + FROM + "where j.job_id = :jobId")
  Optional<StageRow> find(@Bind("jobId") UUID jobId);

  /**
   * Closes the previous stage, and opens the next one with one segment, whose row the caller
   * inserts.
   */
  String OPEN =
      """
      with closed as (
      """
          + CLOSE
          + """
      :stage - 1),
      moved as (update jobs.job set stage_n = :stage where job_id = :jobId),
      opened as (
        insert into jobs.stage (job_id, stage_n, name, segments, open_segments, total)
        values (:jobId, :stage, :name, 1, 1, 0))
      """;

  /**
   * Adds the segments and items that a planning batch stored. Returns the number of the first new
   * segment.
   */
  @SqlQuery(
      """
      update jobs.stage
         set segments = segments + :segments, open_segments = open_segments + :segments, total = total + :items
       where job_id = :jobId and stage_n = :stage
      returning segments - :segments
      """)
  int grow(
      @Bind("jobId") UUID jobId,
      @Bind("stage") int stage,
      @Bind("segments") int segments,
      @Bind("items") long items);

  /**
   * Takes over the counters of ended segments. Returns how many segments are still open.
   *
   * @param planned items that one of the segments planned with its last batch
   */
  @SqlQuery(
      """
      update jobs.stage
         set open_segments = open_segments - :segments, total = total + :planned, done = done + :done,
             failed = failed + :failed, skipped = skipped + :skipped
       where job_id = :jobId and stage_n = :stage
      returning open_segments
      """)
  int end(
      @Bind("jobId") UUID jobId,
      @Bind("stage") int stage,
      @Bind("segments") int segments,
      @Bind("planned") long planned,
      @Bind("done") long done,
      @Bind("failed") long failed,
      @Bind("skipped") long skipped);

  /** {@link #end} for several stages; they are locked in the order of the arrays. */
  @SqlQuery(
      """
      with ended as materialized (
        select e.*
          from unnest(:jobs::uuid[], :stages::int[], :segments::int[], :planned::bigint[], :done::bigint[],
                      :failed::bigint[], :skipped::bigint[])
                 as e (job_id, stage_n, segments, planned, done, failed, skipped)
         cross join lateral (
               select from jobs.stage g
                where g.job_id = e.job_id and g.stage_n = e.stage_n
                  for no key update) g)
      update jobs.stage s
         set open_segments = s.open_segments - e.segments, total = s.total + e.planned, done = s.done + e.done,
             failed = s.failed + e.failed, skipped = s.skipped + e.skipped
        from ended e
       where s.job_id = e.job_id and s.stage_n = e.stage_n
      returning s.job_id, s.stage_n, s.open_segments
      """)
  @RegisterConstructorMapper(OpenRow.class)
  List<OpenRow> endAll(
      @Bind("jobs") UUID[] jobs,
      @Bind("stages") Integer[] stages,
      @Bind("segments") Integer[] segments,
      @Bind("planned") Long[] planned,
      @Bind("done") Long[] done,
      @Bind("failed") Long[] failed,
      @Bind("skipped") Long[] skipped);

  /** How many segments of a stage are open. */
  record OpenRow(UUID jobId, int stageN, int openSegments) {}

  /** See {@link #CLOSE}. */
  @SqlUpdate(CLOSE + ":stage")
  int close(@Bind("jobId") UUID jobId, @Bind("stage") int stage);

  /**
   * Moves the mark of the last progress report on by at least half a second; the caller that moved
   * it reports the progress, all others report nothing. A mark ahead of the clock was set before
   * the clock was put back.
   */
  @SqlUpdate(
      """
      update jobs.stage set progress_at = clock_timestamp()
       where job_id = :jobId and stage_n = :stage
         and (progress_at < clock_timestamp() - interval '500 milliseconds' or progress_at > clock_timestamp())
      """)
  int takeProgressTurn(@Bind("jobId") UUID jobId, @Bind("stage") int stage);
}
