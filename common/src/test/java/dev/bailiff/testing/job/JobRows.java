package dev.bailiff.testing.job;

import dev.bailiff.job.JobId;
import org.jdbi.v3.core.Jdbi;

/** Moves jobs by hand, in tests beside which no worker runs. */
public record JobRows(Jdbi jdbi) {

  /** Does the work of a first lease. */
  public void activate(JobId job) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.job set status = 'active', started_at = now(), changed_at = now() where job_id = ?",
                job.value()));
  }

  public void complete(JobId job) {
    end(job, "completed");
  }

  public void fail(JobId job, int status, String code, String text) {
    jdbi.useHandle(
        handle -> {
          handle.execute(
              """
              update jobs.job set status = 'failed', finalized_at = now(), changed_at = now(), error_status = ?, error_code = ?,
                     error_text = ? where job_id = ?
              """,
              status,
              code,
              text,
              job.value());
          handle.execute("delete from jobs.claim where job_id = ?", job.value());
        });
  }

  public void stage(JobId job, int number, String name, boolean closed) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into jobs.stage (job_id, stage_n, name, closed_at) values (?, ?, ?, case when ? then now() end)",
                job.value(),
                number,
                name,
                closed));
  }

  public void fact(JobId job, String key, String value) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.target set facts = facts || jsonb_build_object(?::text, ?::text) where job_id = ? and target_n = 0",
                key,
                value,
                job.value()));
  }

  public void replyItem(JobId job, int target, String list, String item) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into jobs.reply_item values (?, ?, ?, ?)",
                job.value(),
                target,
                list,
                item));
  }

  public void failure(JobId job, String item, String text) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into jobs.failure (job_id, stage_n, segment_n, target_n, item, code, text, attempt)
                values (?, 1, 0, 0, ?, 'M_FORBIDDEN', ?, 1)
                """,
                job.value(),
                item,
                text));
  }

  private void end(JobId job, String status) {
    jdbi.useHandle(
        handle -> {
          handle.execute(
              "update jobs.job set status = ?, finalized_at = now(), changed_at = now() where job_id = ?",
              status,
              job.value());
          handle.execute("delete from jobs.claim where job_id = ?", job.value());
        });
  }
}
