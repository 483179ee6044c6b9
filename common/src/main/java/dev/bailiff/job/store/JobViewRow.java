package dev.bailiff.job.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.job.ApprovalView;
import dev.bailiff.job.JobError;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.JobView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code jobs.job}, as readers return it. */
final class JobViewRow {
  /** The columns of the row, for the alias {@code j}. */
  static final String COLUMNS =
      """
      j.job_id, j.kind, j.status, j.parameters::text as parameters, j.requester, j.target_count, j.accepted_at,
      j.reason, j.reference, j.run_at, j.priority, j.max_rate, j.pace, j.stop_after_failures, j.dry_run,
      j.filter::text as filter, j.retry_of, j.plan_job_id, j.started_at, j.cancel_requested_at, j.finalized_at, j.changed_at, j.error_status, j.error_code, j.error_text,
      case when j.status = 'paused' then 'operator'
           else (select 'homeserver' from jobs.segment w
                  where w.job_id = j.job_id and w.homeserver_waits > 0 and w.status in ('ready', 'leased') limit 1)
           end as waiting_for,
      (select g.paced from jobs.stage g
        where g.job_id = j.job_id and g.stage_n = j.stage_n and j.finalized_at is null) as paced,
      (select to_jsonb(a) || jsonb_build_object('until', j.approval_until,
                'numbers', (select jsonb_object_agg(n.name, n.value) from jobs.plan_number n where n.job_id = a.job_id))
         from jobs.approval a where a.job_id = j.job_id and a.plans > 0)::text as approval,
      ((select count(*) from jobs.transition v where v.job_id = j.job_id)
        + (select coalesce(sum(%s + %s), 0) from jobs.stage g where g.job_id = j.job_id)
        + %s)::bigint as version
      """
          .formatted(mark("g.progress_at"), mark("g.closed_at"), mark("j.cancel_requested_at"));

  private JobViewRow() {}

  /** What a time adds to the version: 0 before there is one, then more than 0. */
  private static String mark(String time) {
    return "case when "
        + time
        + " is null then 0 else 1 + greatest(0, (extract(epoch from "
        + time
        + " - j.accepted_at) * 1000)::bigint) end";
  }

  /** Reads a row with {@link #COLUMNS}; the job has no stages yet. */
  static JobView read(ResultSet row) throws SQLException {
    return new JobView(
        new JobId(row.getObject("job_id", UUID.class)),
        new JobKind(row.getString("kind")),
        JobStatus.of(row.getString("status")),
        StoredJson.tree(row.getString("parameters")),
        row.getString("requester"),
        terms(row),
        origin(row),
        row.getInt("target_count"),
        StoredTime.read(row, "accepted_at"),
        StoredTime.readNullable(row, "started_at"),
        StoredTime.readNullable(row, "cancel_requested_at"),
        StoredTime.readNullable(row, "finalized_at"),
        StoredTime.read(row, "changed_at"),
        row.getLong("version"),
        error(row),
        row.getString("waiting_for"),
        row.getString("paced"),
        approval(row.getString("approval")),
        List.of());
  }

  /** What is known of an approval that was asked for; null if none was. */
  private static @Nullable ApprovalView approval(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var row = StoredJson.tree(text);
    var numbers = row.path("numbers");
    return new ApprovalView(
        text(row, "why"),
        row.path("plans").asInt(),
        numbers.isObject() ? numbers : JsonNodeFactory.instance.objectNode(),
        time(row, "counted_at"),
        time(row, "until"),
        text(row, "approved_by"),
        time(row, "approved_at"),
        text(row, "rejected_by"),
        time(row, "rejected_at"),
        text(row, "rejection"));
  }

  private static @Nullable String text(JsonNode row, String key) {
    return row.path(key).textValue();
  }

  private static @Nullable Instant time(JsonNode row, String key) {
    var text = text(row, key);
    return text == null ? null : OffsetDateTime.parse(text).toInstant();
  }

  private static JobTerms terms(ResultSet row) throws SQLException {
    return new JobTerms(
        row.getString("reason"),
        row.getString("reference"),
        StoredTime.readNullable(row, "run_at"),
        row.getInt("priority"),
        row.getObject("max_rate", Integer.class),
        StoredPace.read(row),
        row.getObject("stop_after_failures", Integer.class),
        row.getBoolean("dry_run"));
  }

  private static JobOrigin origin(ResultSet row) throws SQLException {
    var filter = row.getString("filter");
    return new JobOrigin(
        filter == null ? null : StoredJson.tree(filter),
        id(row, "retry_of"),
        id(row, "plan_job_id"));
  }

  private static @Nullable JobId id(ResultSet row, String column) throws SQLException {
    var id = row.getObject(column, UUID.class);
    return id == null ? null : new JobId(id);
  }

  /** The error of a job or target; null if it has none. */
  static @Nullable JobError error(ResultSet row) throws SQLException {
    var text = row.getString("error_text");
    return text == null
        ? null
        : new JobError(row.getInt("error_status"), row.getString("error_code"), text);
  }
}
