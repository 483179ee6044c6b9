package dev.bailiff.job.store;

import dev.bailiff.job.JobError;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code jobs.job}, as readers return it. */
final class JobViewRow {
  /** The columns of the row, for the alias {@code j}. */
  static final String COLUMNS =
      """
      j.job_id, j.kind, j.status, j.parameters::text as parameters, j.requester, j.reason, j.target_count, j.accepted_at,
      j.run_at, j.started_at, j.cancel_requested_at, j.finalized_at, j.changed_at, j.error_status, j.error_code, j.error_text,
      (select 'homeserver' from jobs.segment w
        where w.job_id = j.job_id and w.homeserver_waits > 0 and w.status in ('ready', 'leased') limit 1) as waiting_for,
      (select g.paced from jobs.stage g
        where g.job_id = j.job_id and g.stage_n = j.stage_n and j.finalized_at is null) as paced
      """;

  private JobViewRow() {}

  /** Reads a row with {@link #COLUMNS}; the job has no stages yet. */
  static JobView read(ResultSet row) throws SQLException {
    return new JobView(
        new JobId(row.getObject("job_id", UUID.class)),
        new JobKind(row.getString("kind")),
        JobStatus.of(row.getString("status")),
        StoredJson.tree(row.getString("parameters")),
        row.getString("requester"),
        row.getString("reason"),
        row.getInt("target_count"),
        StoredTime.read(row, "accepted_at"),
        StoredTime.readNullable(row, "run_at"),
        StoredTime.readNullable(row, "started_at"),
        StoredTime.readNullable(row, "cancel_requested_at"),
        StoredTime.readNullable(row, "finalized_at"),
        StoredTime.read(row, "changed_at"),
        error(row),
        row.getString("waiting_for"),
        row.getString("paced"),
        List.of());
  }

  /** The error of a job or target; null if it has none. */
  static @Nullable JobError error(ResultSet row) throws SQLException {
    var text = row.getString("error_text");
    return text == null
        ? null
        : new JobError(row.getInt("error_status"), row.getString("error_code"), text);
  }
}
