package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.Segment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * {@code jobs.job}, with its transitions. Every change of status checks the old status in its
 * {@code where} clause.
 */
@RegisterConstructorMapper(JobDao.JobRow.class)
interface JobDao {

  /** Cancelled jobs without their end; {@link DutyTerms} asks whether there are any. */
  String FROM_CANCELLING =
      "from jobs.job where cancel_requested_at is not null and finalized_at is null";

  /** Active jobs without an open segment, and active jobs without a segment in flight. */
  String FROM_ADRIFT =
      """
      from jobs.job j join jobs.stage t on t.job_id = j.job_id and t.stage_n = j.stage_n
      where j.status = 'active'
        and (t.open_segments = 0
             or not exists (select from jobs.segment s
                             where s.job_id = j.job_id and s.stage_n = j.stage_n
                               and s.status in ('ready', 'leased') and s.publish_at is not null))
      """;

  /** The columns of {@link JobRow}, for the alias {@code j}. */
  String ROW =
      """
      j.job_id, j.kind, j.status, j.stage_n, j.target_count, j.cancel_requested_at, j.parameters::text as parameters,
      j.requester, j.acting_user, j.reason, j.accepted_at
      """;

  record JobRow(
      UUID jobId,
      String kind,
      String status,
      int stageN,
      int targetCount,
      @Nullable OffsetDateTime cancelRequestedAt,
      String parameters,
      String requester,
      String actingUser,
      @Nullable String reason,
      Instant acceptedAt) {

    /** Reads a row with the columns of {@link #ROW}. */
    static JobRow of(ResultSet row) throws SQLException {
      return new JobRow(
          row.getObject("job_id", UUID.class),
          row.getString("kind"),
          row.getString("status"),
          row.getInt("stage_n"),
          row.getInt("target_count"),
          row.getObject("cancel_requested_at", OffsetDateTime.class),
          row.getString("parameters"),
          row.getString("requester"),
          row.getString("acting_user"),
          row.getString("reason"),
          row.getObject("accepted_at", OffsetDateTime.class).toInstant());
    }

    /** The facts that stages read. */
    Segment.JobFacts facts() {
      return new Segment.JobFacts(
          new JobId(jobId),
          new JobKind(kind),
          StoredJson.tree(parameters),
          requester,
          actingUser,
          reason,
          targetCount,
          acceptedAt);
    }
  }

  @SqlUpdate(
      """
      insert into jobs.job (job_id, kind, status, parameters, requester, acting_user, reason, target_count, run_at)
      values (:jobId, :kind, 'scheduled', :parameters::jsonb, :requester, :actingUser, :reason, :targetCount, :runAt)
      """)
  void insert(
      @Bind("jobId") UUID jobId,
      @Bind("kind") String kind,
      @Bind("parameters") String parameters,
      @Bind("requester") String requester,
      @Bind("actingUser") String actingUser,
      @Bind("reason") @Nullable String reason,
      @Bind("targetCount") int targetCount,
      @Bind("runAt") @Nullable OffsetDateTime runAt);

  /** Corrects a count that was unknown when the row of the job was stored. */
  @SqlUpdate("update jobs.job set target_count = :targetCount where job_id = :jobId")
  void setTargetCount(@Bind("jobId") UUID jobId, @Bind("targetCount") int targetCount);

  @SqlUpdate(
      "insert into jobs.transition (job_id, from_status, to_status) values (:jobId, :from, :to)")
  void insertTransition(
      @Bind("jobId") UUID jobId, @Bind("from") @Nullable String from, @Bind("to") String to);

  /** Marks the job active, at its first lease. */
  @SqlUpdate(
      """
      update jobs.job set status = 'active', started_at = clock_timestamp(), changed_at = clock_timestamp()
       where job_id = :jobId and status = 'scheduled' and cancel_requested_at is null
      """)
  int activate(@Bind("jobId") UUID jobId);

  /**
   * Takes the job's row lock; only under this lock stages are opened and jobs are ended (rule 6). A
   * stronger lock would block new segments, which refer to the job: a planner that holds its
   * stage's row would then wait for a cancel that wants that row.
   */
  @SqlQuery("select " + ROW + " from jobs.job j where j.job_id = :jobId for no key update")
  Optional<JobRow> lock(@Bind("jobId") UUID jobId);

  @SqlUpdate(
      """
      update jobs.job set cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp())
       where job_id = :jobId and finalized_at is null
      """)
  int requestCancel(@Bind("jobId") UUID jobId);

  /** Ends the job, stores the transition, and gives the job's claims back. */
  @SqlUpdate(
      """
      with ended as (
        update jobs.job
           set status = :status, finalized_at = clock_timestamp(), changed_at = clock_timestamp(),
               error_status = :errorStatus, error_code = :errorCode, error_text = :errorText
         where job_id = :jobId and finalized_at is null
        returning job_id),
      released as (delete from jobs.claim c using ended e where c.job_id = e.job_id)
      insert into jobs.transition (job_id, from_status, to_status) select job_id, :from, :status from ended
      """)
  int end(
      @Bind("jobId") UUID jobId,
      @Bind("from") String from,
      @Bind("status") String status,
      @Bind("errorStatus") @Nullable Integer errorStatus,
      @Bind("errorCode") @Nullable String errorCode,
      @Bind("errorText") @Nullable String errorText);

  /**
   * Jobs on which a step of settling may have been lost: cancelled jobs without their end, active
   * jobs without an open segment, and active jobs without a segment in flight. The partial indexes
   * contain no job that merely waits for its first lease.
   */
  @SqlQuery(
      "select job_id "
          + FROM_CANCELLING
          + " union select j.job_id "
          + FROM_ADRIFT
          + " limit :limit")
  List<UUID> unsettled(@Bind("limit") int limit);
}
