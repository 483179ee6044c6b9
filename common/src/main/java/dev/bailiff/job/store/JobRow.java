package dev.bailiff.job.store;

import dev.bailiff.homeserver.batch.JobPace;
import dev.bailiff.homeserver.batch.PaceWish;
import dev.bailiff.job.JobError;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.Segment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code jobs.job}, as the engine reads it to move the job on.
 *
 * @param hasStarted whether a worker has taken one of its segments
 * @param dryRun whether the job only counts what it would work
 * @param secondTry whether the job works what it has left over, for the second time
 * @param stopError the error with which the job is to end, if it is known already; null otherwise
 */
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
    Instant acceptedAt,
    @Nullable JobPace pace,
    @Nullable Integer maxRate,
    boolean hasStarted,
    boolean dryRun,
    boolean secondTry,
    @Nullable JobError stopError) {

  /** The columns of the row, for the alias {@code j}. */
  static final String COLUMNS =
      """
      j.job_id, j.kind, j.status, j.stage_n, j.target_count, j.cancel_requested_at, j.parameters::text as parameters,
      j.requester, j.acting_user, j.reason, j.accepted_at, j.pace, j.max_rate,
      j.started_at is not null as has_started, j.dry_run, j.second_try,
      j.error_status as stop_status, j.error_code as stop_code, j.error_text as stop_text
      """;

  /** Reads a row with {@link #COLUMNS}. */
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
        StoredTime.read(row, "accepted_at"),
        StoredPace.read(row),
        row.getObject("max_rate", Integer.class),
        row.getBoolean("has_started"),
        row.getBoolean("dry_run"),
        row.getBoolean("second_try"),
        stopError(row));
  }

  private static @Nullable JobError stopError(ResultSet row) throws SQLException {
    var text = row.getString("stop_text");
    return text == null
        ? null
        : new JobError(row.getInt("stop_status"), row.getString("stop_code"), text);
  }

  /** The stage that the job is at. */
  StageKey stage() {
    return new StageKey(jobId, stageN);
  }

  /**
   * The facts that stages read. For the first segment of a stage: nothing was worked before.
   *
   * @param again whether the stage belongs to the second try
   */
  Segment.JobFacts facts(boolean again) {
    return new Segment.JobFacts(
        new JobId(jobId),
        new JobKind(kind),
        StoredJson.tree(parameters),
        requester,
        actingUser,
        reason,
        targetCount,
        acceptedAt,
        new PaceWish(pace, 0),
        maxRate,
        again);
  }
}
