package dev.bailiff.job.store;

import dev.bailiff.job.JobError;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobTransitions;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a job's status, each with its row in {@code jobs.transition} and in the audit.
 * Every change checks the old status in its {@code where} clause.
 */
final class JobStatusChanges {
  private static final String INSERT_TRANSITION =
      """
      with told as (insert into access.audit (what, job, result) values ('job', :jobId, :to))
      insert into jobs.transition (job_id, from_status, to_status) values (:jobId, :from, :to)
      """;

  private static final String ACTIVATE =
      """
      update jobs.job set status = 'active', started_at = clock_timestamp(), changed_at = clock_timestamp()
       where job_id = :jobId and status = 'scheduled' and cancel_requested_at is null
      """;

  private static final String MOVE =
      "update jobs.job set status = :status, paused_for = null, changed_at = clock_timestamp() where job_id = :jobId";

  private static final String LOCK =
      "select " + JobRow.COLUMNS + " from jobs.job j where j.job_id = :jobId for no key update";

  private static final String REQUEST_CANCEL =
      """
      update jobs.job set cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp())
       where job_id = :jobId and finalized_at is null
      """;

  private static final String FAIL =
      """
      update jobs.job set error_status = :status, error_code = :code, error_text = :text
       where job_id = :jobId and finalized_at is null
      """;

  private static final String END =
      """
      with ended as (
        update jobs.job
           set status = :status, finalized_at = clock_timestamp(), changed_at = clock_timestamp(),
               error_status = :errorStatus, error_code = :errorCode, error_text = :errorText
         where job_id = :jobId and finalized_at is null
        returning job_id),
      released as (delete from jobs.claim c using ended e where c.job_id = e.job_id),
      dequeued as (delete from jobs.queue q using ended e where q.job_id = e.job_id),
      told as (
        insert into access.audit (what, job, result)
        select 'job', job_id, concat_ws(' ', :status::text, :errorCode::text) from ended)
      insert into jobs.transition (job_id, from_status, to_status) select job_id, :from, :status from ended
      """;

  private final Handle handle;

  JobStatusChanges(Handle handle) {
    this.handle = handle;
  }

  /** Stores the transition of a job that was inserted in this transaction. */
  void accepted(JobId job) {
    insertTransition(job.value(), null, JobStatus.SCHEDULED);
  }

  /**
   * Marks a scheduled job active, at its first lease. Callers do this before the lease: cancel
   * locks the job before its segments, too.
   */
  void activate(UUID job) {
    if (handle.createUpdate(ACTIVATE).bind("jobId", job).execute() == 1) {
      insertTransition(job, JobStatus.SCHEDULED, JobStatus.ACTIVE);
    }
  }

  /**
   * Takes the job's row lock; only under this lock stages are opened and jobs are ended (rule 6). A
   * stronger lock would block new segments, which refer to the job: a planner that holds its
   * stage's row would then wait for a cancel that wants that row.
   */
  Optional<JobRow> lock(JobId job) {
    return handle
        .createQuery(LOCK)
        .bind("jobId", job.value())
        .map((row, context) -> JobRow.of(row))
        .findOne();
  }

  /** Notes that a job is to stop; a job that has ended stays as it is. */
  void requestCancel(JobId job) {
    handle.createUpdate(REQUEST_CANCEL).bind("jobId", job.value()).execute();
  }

  /** Notes the error with which a job ends as soon as no segment of it is open. */
  void fail(JobId job, JobError error) {
    handle
        .createUpdate(FAIL)
        .bind("jobId", job.value())
        .bind("status", error.status())
        .bind("code", error.code())
        .bind("text", error.text())
        .execute();
  }

  /** Ends the job, stores the transition, and gives the job's claims back. */
  void end(UUID job, JobStatus from, JobStatus to, @Nullable JobError error) {
    handle
        .createUpdate(END)
        .bind("jobId", job)
        .bind("from", from.word())
        .bind("status", to.word())
        .bind("errorStatus", error == null ? null : Integer.valueOf(error.status()))
        .bind("errorCode", error == null ? null : error.code())
        .bind("errorText", error == null ? null : error.text())
        .execute();
  }

  /**
   * Moves an open job to another open status. The caller has locked the job's row.
   *
   * @throws IllegalStateException if no job may move in this way
   */
  void move(UUID job, JobStatus from, JobStatus to) {
    if (!JobTransitions.allowed(from, to)) {
      throw new IllegalStateException(from + " cannot become " + to);
    }
    handle.createUpdate(MOVE).bind("jobId", job).bind("status", to.word()).execute();
    insertTransition(job, from, to);
  }

  /** Stores the transition of a job whose row was changed in this transaction. */
  void insertTransition(UUID job, @Nullable JobStatus from, JobStatus to) {
    handle
        .createUpdate(INSERT_TRANSITION)
        .bind("jobId", job)
        .bind("from", from == null ? null : from.word())
        .bind("to", to.word())
        .execute();
  }
}
